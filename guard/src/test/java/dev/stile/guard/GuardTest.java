package dev.stile.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.guard.Admission.Admitted;
import dev.stile.guard.Admission.TurnedAway;
import dev.stile.guard.Consumption.Outcome;
import dev.stile.verifier.Attack;
import dev.stile.verifier.Forge;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Proof;
import dev.stile.verifier.ProofForge;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.testkit.ThrowawayGrant;
import dev.stile.verifier.testkit.ThrowawayIssuer;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final URI CHALLENGES = URI.create("https://stile.example/v1/challenges");
  private static final Map<String, String> DETAILS =
      Map.of("amount", "49.90 EUR", "payee", "Corner Bookshop");
  private static final Requirement PAY =
      Grants.require("pay").acr("aal2", "phr").maxAge(Duration.ofMinutes(4));

  private final ThrowawayIssuer issuer = ThrowawayIssuer.create(Clock.fixed(NOW, ZoneOffset.UTC));
  private final Guard guard = Guard.of(issuer.verifier("payments"), PAY, CHALLENGES);

  private ThrowawayGrant grant() {
    return issuer.grant("payments", "pay").binding(DETAILS);
  }

  private static String bearer(ThrowawayGrant grant) {
    return "Bearer " + grant.token();
  }

  private Answer turnedAway(@Nullable String authorization, Map<String, String> details) {
    return answer(guard.admit(authorization, details));
  }

  private static Answer answer(Admission admission) {
    assertThat(admission).isInstanceOf(TurnedAway.class);
    return ((TurnedAway) admission).answer();
  }

  private static Map<String, Object> problem(Answer answer) {
    try {
      return JSONObjectUtils.parse(answer.body());
    } catch (ParseException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  @Test
  void admitsAGrantForTheseDetails() {
    assertThat(guard.admit(bearer(grant().subject("ada")), DETAILS))
        .isInstanceOfSatisfying(
            Admitted.class, admitted -> assertThat(admitted.grant().subject()).isEqualTo("ada"));
    assertThat(guard.admit("bearer " + grant().token(), DETAILS)).isInstanceOf(Admitted.class);
  }

  @Test
  void asksForAStepUpInTheHeaderAndInTheBody() {
    Answer answer = turnedAway(bearer(grant().acr("aal1")), DETAILS);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers())
        .containsOnly(
            Map.entry(
                "www-authenticate",
                "Bearer error=\"insufficient_user_authentication\","
                    + " acr_values=\"aal2 phr\", max_age=\"240\""),
            Map.entry("content-type", "application/problem+json"),
            Map.entry("cache-control", "no-store"));
    assertThat(problem(answer))
        .containsOnly(
            Map.entry("type", "https://stile.dev/problems/insufficient-user-authentication"),
            Map.entry("title", "A stronger or fresher authentication is needed"),
            Map.entry("status", 401L),
            Map.entry("code", "insufficient_user_authentication"),
            Map.entry("acr_values", "aal2 phr"),
            Map.entry("max_age", 240L),
            Map.entry("challenge_uri", CHALLENGES.toString()),
            Map.entry("action", "pay"),
            Map.entry("binding", DETAILS));
  }

  @Test
  void tellsNothingOfWhatWasWrong() {
    String expected = turnedAway(bearer(grant().acr("aal1")), DETAILS).body();
    for (String authorization :
        List.of(
            bearer(grant().binding(Map.of("amount", "4990 EUR", "payee", "Corner Bookshop"))),
            bearer(grant().binding(Map.of("amount", "49.90 EUR"))),
            bearer(grant().binding(Map.of())),
            bearer(grant().authTime(NOW.minusSeconds(241))),
            bearer(grant().issued(NOW.minusSeconds(300), Duration.ofMinutes(5))),
            bearer(issuer.grant("payments", "login").binding(DETAILS)),
            bearer(issuer.grant("other", "pay").binding(DETAILS)),
            bearer(ThrowawayIssuer.create().grant("payments", "pay").binding(DETAILS)),
            "Bearer x",
            "Bearer eyJhbGciOiJub25lIn0.e30.")) {
      Answer answer = turnedAway(authorization, DETAILS);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo(expected);
    }
  }

  @Tag("R23")
  @Test
  void admitsABoundGrantFromWhoHoldsItsKey() {
    ProofForge client = ProofForge.ec();
    String token = grant().claim("cnf", Map.of("jkt", client.thumbprint())).token();
    URI address = URI.create("https://shop.example/payments");
    String jws = client.proof("POST", address.toString(), NOW, token);
    var proof = new Proof("POST", address, jws);

    assertThat(turnedAway("Bearer " + token, DETAILS).status()).isEqualTo(401);
    assertThat(turnedAway("DPoP " + token, DETAILS).status()).isEqualTo(401);
    Answer unproven =
        answer(guard.admit("DPoP " + token, new Proof("POST", address, null), DETAILS));
    assertThat(unproven.status()).isEqualTo(401);
    assertThat(unproven.headers())
        .containsEntry(
            "www-authenticate", "DPoP error=\"invalid_dpop_proof\", algs=\"ES256 RS256\"");
    assertThat(problem(unproven)).containsEntry("code", "invalid_dpop_proof");
    assertThat(answer(guard.admit("Bearer " + token, proof, DETAILS)).status()).isEqualTo(401);

    assertThat(guard.admit("DPoP " + token, proof, DETAILS)).isInstanceOf(Admitted.class);
    assertThat(answer(guard.admit("DPoP " + token, proof, DETAILS)).status()).isEqualTo(401);
    assertThat(guard.admit(bearer(grant()), proof, DETAILS)).isInstanceOf(Admitted.class);
  }

  /// RFC 6750 §3.1.
  @Test
  void namesNoErrorWhereNoTokenCame() {
    for (String none : new String[] {null, "", "Bearer", "Basic YTpi", "Bearer a,Bearer b"}) {
      Answer answer = turnedAway(none, DETAILS);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
      assertThat(problem(answer))
          .containsEntry("code", "unauthenticated")
          .containsEntry("challenge_uri", CHALLENGES.toString())
          .containsEntry("binding", DETAILS);
    }
  }

  @Test
  void quotesDetailsAsJson() {
    Map<String, String> odd = Map.of("note", "a \"quote\" \\ \n </script> \u20ac");
    assertThat(problem(turnedAway(null, odd))).containsEntry("binding", odd);
  }

  @Test
  void turnsAwayDetailsThatNobodyCanHaveApproved() {
    Answer answer = turnedAway(bearer(grant()), Map.of("amount", "\ud800"));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void turnsAwayWhereTheKeysCannotBeHad() {
    Guard blind =
        Guard.of(
            Grants.verifier(URI.create("http://127.0.0.1:1")).audience("payments").build(),
            PAY,
            CHALLENGES);
    Answer answer = answer(blind.admit("Bearer " + new Forge().genuine(), Map.of()));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(problem(answer)).containsEntry("code", "unavailable");
  }

  @Test
  void admitsNoneOfTheAttacks() {
    Forge forge = new Forge();
    Guard attacked = Guard.of(forge.verifier(), Grants.require("transfer"), CHALLENGES);
    assertThat(attacked.admit("Bearer " + forge.genuine(), Map.of())).isInstanceOf(Admitted.class);
    assertThat(Attack.all(forge))
        .hasSizeGreaterThan(400)
        .allSatisfy(attack ->
            assertThat(attacked.admit("Bearer " + attack.token(), Map.of()))
                .isInstanceOf(TurnedAway.class));
  }

  @Nested
  class Once {
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Guard once =
        guard.once((token, grant) -> used.add(grant.id()) ? Outcome.CONSUMED : Outcome.USED);

    @Test
    void admitsAGrantOnce() {
      String authorization = bearer(grant());
      assertThat(once.admit(authorization, DETAILS)).isInstanceOf(Admitted.class);
      Answer again = answer(once.admit(authorization, DETAILS));
      assertThat(again.status()).isEqualTo(409);
      assertThat(problem(again)).containsEntry("code", "grant_consumed");
    }

    @Test
    void admitsOneOfFifty() throws InterruptedException, ExecutionException {
      String authorization = bearer(grant());
      Callable<Admission> pay = () -> once.admit(authorization, DETAILS);
      List<Admission> admissions = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Admission>> futures = threads.invokeAll(Collections.nCopies(50, pay));
        for (Future<Admission> future : futures) {
          admissions.add(future.get());
        }
      }
      assertThat(admissions.stream().filter(Admitted.class::isInstance)).hasSize(1);
    }

    @Test
    void usesUpNoGrantThatDoesNotPass() {
      String authorization = bearer(grant());
      answer(once.admit(authorization, Map.of("amount", "1")));
      answer(once.admit(bearer(grant().acr("aal1")), DETAILS));
      assertThat(used).isEmpty();
      assertThat(once.admit(authorization, DETAILS)).isInstanceOf(Admitted.class);
    }

    @Test
    void turnsAwayWhateverFails() {
      String authorization = bearer(grant());
      Map<Consumption, Integer> failing =
          Map.of(
              (token, grant) -> Outcome.UNAVAILABLE,
              503,
              (token, grant) -> Outcome.REFUSED,
              401,
              (token, grant) -> {
                throw new IllegalStateException("down");
              },
              503);
      failing.forEach((by, status) ->
          assertThat(answer(guard.once(by).admit(authorization, DETAILS)).status())
              .isEqualTo(status));
    }
  }
}
