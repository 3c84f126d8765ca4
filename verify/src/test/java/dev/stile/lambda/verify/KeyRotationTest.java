package dev.stile.lambda.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.edge.JsonText;
import dev.stile.memory.InMemoryKeyRegisters;
import dev.stile.testing.PlainKeyPairs;
import dev.stile.testing.Race;
import dev.stile.testing.SetClock;
import dev.stile.token.Grant;
import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRotation;
import dev.stile.token.RegisteredKeys;
import dev.stile.token.RegisteredPublications;
import dev.stile.token.SigningAlgorithm;
import dev.stile.vendor.jose.JoseSigner;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.JwksServer;
import dev.stile.verifier.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Signers, the published set over HTTP and resource servers, each with what it keeps, while the
/// keys change under them.
@Tag("R30")
class KeyRotationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Requirement PAY = Grants.require("pay").anyBinding();
  private static final int FUNCTIONS = 3;
  private static final int CALLERS = 8;

  private final SetClock clock = new SetClock(START);
  private final InMemoryKeyRegisters registers = new InMemoryKeyRegisters();
  private final PlainKeyPairs pairs = new PlainKeyPairs();
  private final KeyRotation rotation = new KeyRotation(registers, pairs, clock);
  private final List<RegisteredKeys> keys =
      IntStream.range(0, FUNCTIONS)
          .mapToObj(i -> new RegisteredKeys(rotation, pairs, clock, RegisteredKeys.KEPT))
          .toList();
  private final List<JoseSigner> signers = keys.stream().map(JoseSigner::new).toList();
  private final JwksServer jwks = new JwksServer("{}");
  private final List<GrantVerifier> resources =
      IntStream.range(0, FUNCTIONS).mapToObj(i -> verifier()).toList();
  private final AtomicInteger grants = new AtomicInteger();

  @BeforeEach
  void publish() {
    var metadata =
        new Metadata(
            jwks.issuer(),
            GrantAttacksTest::policy,
            new RegisteredPublications(registers, clock),
            keys.getFirst());
    jwks.answers(exchange -> JwksServer.json(JsonText.of(metadata.jwks())).handle(exchange));
  }

  @AfterEach
  void close() {
    jwks.close();
  }

  private GrantVerifier verifier() {
    return Grants.verifier(jwks.issuer()).audience("payments").clock(clock).build();
  }

  private String sign(int function, SigningAlgorithm algorithm) {
    Instant now = clock.instant();
    var grant =
        new Grant(
            "grt_" + grants.incrementAndGet(),
            new Grant.Party(jwks.issuer().toString(), "ada", "payments", "shop", null),
            new Grant.Assurance(now, "aal2", List.of("otp"), 0),
            new Grant.Transaction("chl_1", "pay", GrantAttacksTest.UNBOUND),
            now,
            Grant.MAX_LIFETIME);
    return signers.get(function).sign(grant, algorithm);
  }

  private Judgement judge(int resource, String token) {
    return resources.get(resource).judge(token, PAY);
  }

  /// Two lives of keys, day by day and, near each moment at which something changes, minute by
  /// minute: everybody signs, verifies and rotates at once, what was just signed and what has
  /// almost expired.
  @Test
  void losesNoValidGrantUnderLoad() {
    List<String> last = List.of();
    for (int minute = 0; minute < Duration.ofDays(62).toMinutes(); minute = next(minute)) {
      clock.set(START.plus(Duration.ofMinutes(minute)));
      List<String> still = isOneMinuteOn(minute) ? last : List.of();
      List<String> signed =
          Race.of(
              CALLERS,
              caller -> {
                rotation.ifDue(SigningAlgorithm.ES256);
                still.stream().skip(caller).findFirst().ifPresent(token -> accepted(caller, token));
                return accepted(caller + 1, sign(caller % FUNCTIONS, SigningAlgorithm.ES256));
              });
      clock.advance(Grant.MAX_LIFETIME.minusMillis(1));
      signed.forEach(token -> accepted(0, token));
      last = signed;
    }
    assertThat(grants.get()).isGreaterThan(500);
    assertThat(registers.read(SigningAlgorithm.ES256).version()).isEqualTo(3);
  }

  private String accepted(int resource, String token) {
    assertThat(judge(resource % FUNCTIONS, token)).isInstanceOf(Accepted.class);
    return token;
  }

  private static int next(int minute) {
    int inDay = minute % (24 * 60);
    if (!hasChanges(minute / (24 * 60))) {
      return minute + 24 * 60 - inDay;
    }
    return inDay < 8 || inDay >= 24 * 60 - 3 ? minute + 1 : minute + (24 * 60 - 3 - inDay);
  }

  /// A successor is published on day 29 of a key's use, used on day 30, and alone on day 31.
  private static boolean hasChanges(int day) {
    return day % 30 >= 28 || day % 30 <= 1;
  }

  private static boolean isOneMinuteOn(int minute) {
    int inDay = minute % (24 * 60);
    return inDay > 0 && inDay < 8;
  }

  @Test
  void endsAWithdrawnKeyWhereverKeysAreRefreshed() {
    String token = sign(0, SigningAlgorithm.ES256);
    accepted(0, token);
    rotation.withdraw(used());
    clock.advance(Duration.ofMinutes(2));
    assertThat(judge(0, token)).isEqualTo(new Refused(Reason.KEY));
    accepted(0, sign(0, SigningAlgorithm.ES256));
  }

  /// The worst there is: the set was fetched just before, nothing is fetched since, and somebody
  /// has the private half.
  @Test
  void endsAWithdrawnKeyWithinFiveMinutesAnywhere() {
    accepted(0, sign(0, SigningAlgorithm.ES256));
    String lost = used();
    rotation.withdraw(lost);
    jwks.answers(JwksServer.status(503, ""));
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    accepted(0, forgedUnder(lost));
    clock.advance(Duration.ofMillis(1));
    assertThat(judge(0, forgedUnder(lost))).isEqualTo(new Judgement.Unavailable());
  }

  private String used() {
    return registers.read(SigningAlgorithm.ES256).used(clock.instant()).orElseThrow().kid();
  }

  /// By whoever has the private half.
  private String forgedUnder(String kid) {
    KeyRegister.Entry entry =
        registers.read(SigningAlgorithm.ES256).entries().stream()
            .filter(e -> e.kid().equals(kid))
            .findFirst()
            .orElseThrow();
    Instant now = clock.instant();
    var grant =
        new Grant(
            "grt_forged",
            new Grant.Party(jwks.issuer().toString(), "ada", "payments", "shop", null),
            new Grant.Assurance(now, "aal2", List.of("otp"), 0),
            new Grant.Transaction("chl_1", "pay", GrantAttacksTest.UNBOUND),
            now,
            Grant.MAX_LIFETIME);
    return new JoseSigner(any -> pairs.open(entry.pair())).sign(grant, SigningAlgorithm.ES256);
  }

  @Test
  void publishesBothAlgorithmsAndVerifiesWhatEachSigned() {
    String ec = sign(0, SigningAlgorithm.ES256);
    String rsa = sign(1, SigningAlgorithm.RS256);
    accepted(0, ec);
    accepted(0, rsa);
    List<String> swapped = new ArrayList<>();
    swapped.add(rsa.substring(0, rsa.lastIndexOf('.')) + ec.substring(ec.lastIndexOf('.')));
    swapped.add(ec.substring(0, ec.lastIndexOf('.')) + rsa.substring(rsa.lastIndexOf('.')));
    assertThat(swapped)
        .allSatisfy(token -> assertThat(judge(0, token)).isEqualTo(new Refused(Reason.SIGNATURE)));
    rotation.withdraw(registers.read(SigningAlgorithm.RS256).entries().getFirst().kid());
    clock.advance(Duration.ofMinutes(3));
    assertThat(judge(0, rsa)).isEqualTo(new Refused(Reason.KEY));
    accepted(0, ec);
  }
}
