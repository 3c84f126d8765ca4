package dev.stile.vendor.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.challenge.Binding;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.token.PresentedGrants.Demand;
import dev.stile.token.PresentedGrants.Presented;
import dev.stile.token.PresentedGrants.Presented.Insufficient;
import dev.stile.token.PresentedGrants.Presented.Sufficient;
import dev.stile.token.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R21")
class VerifierGrantsTest {
  private static final URI ISSUER = URI.create("https://stile.example");
  private static final Set<String> AUDIENCES = Set.of("https://bank.example", "stile");
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Demand DEMAND = new Demand("manage-factors", Set.of("aal2", "aal3"), FRESH);
  private static final Instant NOW = SomeGrant.ISSUED.plusSeconds(10);
  private static final Presented NO = new Insufficient();

  private final KeyInMemory keys = KeyInMemory.ec();
  private final VerifierGrants grants = new VerifierGrants(ISSUER, () -> AUDIENCES, keys);

  @ParameterizedTest
  @ValueSource(strings = {"https://bank.example", "stile"})
  void acceptsTheBearersOwnGrantForAnAudienceOfTheClientOrOfStile(String audience) {
    assertThat(judge(SomeGrant.USUAL.withAudience(audience), bearer("session-1")))
        .isEqualTo(
            new Sufficient(
                "grt_aeaqcaibaeaqcaibaeaqcaibae",
                Instant.parse("2026-11-22T08:05:01Z"),
                "aal2",
                SomeGrant.USUAL.grant().assurance().epoch()));
  }

  @Test
  void refusesAnotherAudience() {
    assertThat(judge(SomeGrant.USUAL.withAudience("https://shop.example"), bearer("session-1")))
        .isEqualTo(NO);
  }

  @Test
  void refusesTheGrantOfAnotherUser() {
    assertThat(judge(SomeGrant.USUAL.withSubject("bob"), bearer("session-1"))).isEqualTo(NO);
    assertThat(judge(SomeGrant.USUAL.withSubject("Ann"), bearer("session-1"))).isEqualTo(NO);
  }

  @Test
  void refusesTheGrantOfAnotherClient() {
    assertThat(judge(SomeGrant.USUAL.withClient("shop"), bearer("session-1"))).isEqualTo(NO);
  }

  @Test
  void refusesTheGrantOfAnotherSession() {
    assertThat(judge(SomeGrant.USUAL.withSession("session-2"), bearer("session-1"))).isEqualTo(NO);
    assertThat(judge(SomeGrant.USUAL.withSession(null), bearer("session-1"))).isEqualTo(NO);
  }

  @Test
  void asksForNoSessionWhereTheBearerHasNone() {
    assertThat(judge(SomeGrant.USUAL.withSession(null), bearer(null)))
        .isInstanceOf(Sufficient.class);
  }

  @Test
  void refusesAnotherAction() {
    assertThat(judge(SomeGrant.USUAL.withTransaction("login", Binding.EMPTY), bearer("session-1")))
        .isEqualTo(NO);
  }

  @Test
  void refusesALevelThatIsNotAskedFor() {
    assertThat(judge(SomeGrant.USUAL.withAcr("aal1"), bearer("session-1"))).isEqualTo(NO);
    assertThat(judge(SomeGrant.USUAL.withAcr("aal3"), bearer("session-1")))
        .isInstanceOf(Sufficient.class);
  }

  @Test
  void acceptsWhateverTheGrantIsBoundTo() {
    var bound = SomeGrant.USUAL.withTransaction("manage-factors", Binding.of(Map.of("why", "new")));

    assertThat(judge(bound, bearer("session-1"))).isInstanceOf(Sufficient.class);
  }

  @Test
  void refusesAGrantThatExpired() {
    String token = sign(SomeGrant.USUAL);
    Instant expiry = Instant.parse("2026-11-22T08:05:01Z");
    var patient = new Demand("manage-factors", Set.of("aal2"), Duration.ofHours(1));

    assertThat(grants.judge(token, patient, bearer("session-1"), expiry.minusMillis(1)))
        .isInstanceOf(Sufficient.class);
    assertThat(grants.judge(token, patient, bearer("session-1"), expiry)).isEqualTo(NO);
  }

  @Test
  void refusesAnAuthenticationThatIsTooOld() {
    String token = sign(SomeGrant.USUAL);
    var demand = new Demand("manage-factors", Set.of("aal2"), Duration.ofSeconds(60));
    Instant authenticated = Instant.parse("2026-11-22T08:00:00Z");

    assertThat(grants.judge(token, demand, bearer("session-1"), authenticated.plusSeconds(60)))
        .isInstanceOf(Sufficient.class);
    assertThat(grants.judge(token, demand, bearer("session-1"), authenticated.plusSeconds(62)))
        .isEqualTo(NO);
  }

  @Test
  void refusesAForeignKey() {
    String forged =
        new JoseSigner(KeyInMemory.ec()).sign(SomeGrant.USUAL.grant(), SigningAlgorithm.ES256);

    assertThat(grants.judge(forged, DEMAND, bearer("session-1"), NOW)).isEqualTo(NO);
  }

  @Test
  void refusesAnotherIssuer() {
    assertThat(judge(SomeGrant.USUAL.withIssuer("https://stile.example/"), bearer("session-1")))
        .isEqualTo(NO);
  }

  @Test
  void acceptsARetiredKeyThatIsStillPublished() {
    String token = sign(SomeGrant.USUAL);
    keys.rotate(KeyInMemory.ecPair());

    assertThat(grants.judge(token, DEMAND, bearer("session-1"), NOW))
        .isInstanceOf(Sufficient.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "null", "eyJhbGciOiJub25lIn0.e30."})
  void refusesWhatIsNoToken(String token) {
    assertThat(grants.judge(token, DEMAND, bearer("session-1"), NOW)).isEqualTo(NO);
  }

  @Test
  void passesNoVerdictWithoutKeys() {
    var keyless =
        new VerifierGrants(
            ISSUER,
            () -> AUDIENCES,
            () -> {
              throw new KeyUnavailable("down");
            });

    assertThatThrownBy(() -> keyless.judge(sign(SomeGrant.USUAL), DEMAND, bearer("session-1"), NOW))
        .isInstanceOf(KeyUnavailable.class);
  }

  private Presented judge(SomeGrant grant, Principal bearer) {
    return grants.judge(sign(grant), DEMAND, bearer, NOW);
  }

  private String sign(SomeGrant grant) {
    return new JoseSigner(keys).sign(grant.grant(), SigningAlgorithm.ES256);
  }

  private static Principal bearer(@Nullable String session) {
    return new Principal(
        Door.SELF_SERVICE, "console", new Subject(new Tenant("default"), "ann"), session);
  }
}
