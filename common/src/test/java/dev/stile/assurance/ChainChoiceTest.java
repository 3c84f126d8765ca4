package dev.stile.assurance;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;
import static dev.stile.factor.FactorKind.WEBAUTHN;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Level.Breadth;
import dev.stile.assurance.Level.Property;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Passed;
import dev.stile.factor.Account;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.subject.Tenant;
import dev.stile.testing.Samples;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which factor comes next where one is not enough, and what several amount to.
@Tag("A09")
class ChainChoiceTest {
  private static final Set<FactorKind> ANY = EnumSet.allOf(FactorKind.class);
  private static final Level LOW = new Level("aal1", ANY);
  private static final Level MFA = new Level("mfa", ANY, Set.of(), new Breadth(2, 2));
  private static final Level THREE = new Level("three", ANY, Set.of(), new Breadth(3, 2));

  private final Factor totp = factor(TOTP);
  private final Factor sms = factor(SMS);
  private final Factor other = factor(SMS);
  private final Factor email = factor(EMAIL);
  private final Factor key = passkey(true, new Backup(false, false), "packed");
  private final Factor synced = passkey(true, new Backup(true, true), "none");

  private static Optional<FactorChoice> choose(
      Action action, List<Level> levels, Chain before, Factor... factors) {
    var account = new Account(true, null, 0, List.of(factors));
    var question = new Question(policy(levels, action), action, account, NOW);
    return FactorChoice.make(question, Wish.NONE, before);
  }

  private static Optional<FactorChoice> begin(Action action, Factor... factors) {
    return choose(action, List.of(LOW, MFA, THREE), Chain.SINGLE, factors);
  }

  private static Optional<FactorChoice> after(Action action, Chain before, Factor... factors) {
    return choose(action, List.of(LOW, MFA, THREE), before, factors);
  }

  private static Chain passed(@Nullable String floor, Factor... factors) {
    return new Chain(
        Arrays.stream(factors).map(f -> new Passed(f.id(), Amr.of(f), NOW)).toList(), 0, floor);
  }

  private static List<Factor> all(FactorChoice choice) {
    List<Factor> all = new ArrayList<>(List.of(choice.factor()));
    all.addAll(choice.companions());
    all.addAll(choice.alternatives());
    return all;
  }

  @Nested
  class AChainOfAnAction {
    private final Action wire = chain(List.of(Set.of(TOTP, SMS), Set.of(SMS, WEBAUTHN)));

    @Test
    void asksItsFactorsInOrder() {
      FactorChoice first = begin(wire, totp, sms, key).orElseThrow();
      assertThat(all(first)).containsExactlyInAnyOrder(totp, sms);
      assertThat(first.decision().chain()).isEqualTo(new Chain(List.of(), 1, null));
      Chain once = passed(null, totp);
      FactorChoice second = after(wire, once, totp, sms, key).orElseThrow();
      assertThat(second.factor()).isEqualTo(key);
      assertThat(all(second)).containsExactly(key, sms);
      assertThat(second.decision().acr()).isEqualTo("mfa");
      assertThat(second.decision().chain().goesOn()).isFalse();
      assertThat(second.decision().reasons())
          .containsExactly(
              "action act asks for aal1",
              "factor 2 of 2 that have to pass",
              "strongest usable factor is webauthn");
    }

    @Test
    void offersNoFactorThatLeadsNowhere() {
      assertThat(all(begin(wire, totp, sms).orElseThrow())).containsExactly(totp);
      assertThat(begin(wire, totp)).isEmpty();
      assertThat(begin(wire, sms, other)).isEmpty();
    }

    @Test
    void countsAFactorAndAChannelOnce() {
      Action twice = chain(List.of(ANY, ANY));
      assertThat(after(twice, passed(null, totp), totp)).isEmpty();
      assertThat(after(twice, passed(null, sms), sms, other)).isEmpty();
      assertThat(all(after(twice, passed(null, sms), sms, other, email).orElseThrow()))
          .containsExactly(email);
      assertThat(
              after(
                  twice,
                  passed(null, synced),
                  synced,
                  passkey(true, new Backup(true, true), "none")))
          .isEmpty();
      Factor second = passkey(true, new Backup(false, false), "none");
      assertThat(after(twice, passed(null, key), key, second).orElseThrow().factor())
          .isEqualTo(second);
    }

    @Test
    void endsWithAFactorThatIsGoneOrDisabled() {
      assertThat(after(wire, passed(null, totp), sms, key)).isEmpty();
      var disabled = new Failures(50, NOW);
      Factor locked =
          new Factor(
              totp.id(), "label", totp.credential(), FactorState.ACTIVE, disabled, totp.times());
      assertThat(after(wire, passed(null, totp), locked, sms, key)).isEmpty();
    }

    @Test
    void takesNoFactorThatARecoveryCodeHasBound() {
      assertThat(begin(wire, totp, capped(sms))).isEmpty();
      assertThat(after(wire, passed(null, totp), totp, capped(sms))).isEmpty();
    }
  }

  @Nested
  class ALevel {
    @Test
    void ofSeveralFactorsMakesAChain() {
      Action high = action("three");
      FactorChoice first = begin(high, totp, sms, email).orElseThrow();
      assertThat(first.decision().chain()).isEqualTo(new Chain(List.of(), 2, "three"));
      assertThat(begin(high, totp, sms)).isEmpty();
      assertThat(begin(high, sms, email, other)).isEmpty();
      FactorChoice last = after(high, passed("three", totp, sms), totp, sms, email).orElseThrow();
      assertThat(last.factor()).isEqualTo(email);
      assertThat(last.decision().acr()).isEqualTo("three");
    }

    @Test
    void ofSeveralClassesIsNotReachedByOne() {
      assertThat(begin(action("mfa"), sms, email)).isEmpty();
      assertThat(all(begin(action("mfa"), sms, email, totp).orElseThrow()))
          .containsExactlyInAnyOrder(sms, email, totp);
    }

    @Test
    void asksForNoFactorThatAddsNothing() {
      List<Level> levels = List.of(LOW, new Level("aal2", Set.of(TOTP, SMS)));
      assertThat(all(choose(action("aal2"), levels, Chain.SINGLE, email, sms).orElseThrow()))
          .containsExactly(sms);
      List<Level> better = List.of(LOW, MFA, new Level("top", Set.of(WEBAUTHN)));
      FactorChoice choice =
          choose(action("mfa"), better, Chain.SINGLE, key, totp, email).orElseThrow();
      assertThat(choice.factor()).isEqualTo(key);
      assertThat(choice.decision().chain().following()).isZero();
      assertThat(choice.alternatives()).containsExactlyInAnyOrder(totp, email);
    }

    @Test
    void thatWasAskedForIsNotLoweredOnTheWay() {
      Action any = action(null);
      assertThat(after(any, passed("three", totp), totp, sms)).isEmpty();
      assertThat(
              after(any, passed("three", totp), totp, sms, email).orElseThrow().decision().chain())
          .isEqualTo(new Chain(passed(null, totp).passed(), 1, "three"));
      assertThat(after(any, passed("gone", totp), totp, sms, email)).isEmpty();
    }

    @Test
    void isTheHighestThatAllFactorsReachForManagingThem() {
      Policy policy = policy(List.of(LOW, MFA, THREE), action(null));
      assertThat(highest(policy, totp)).isZero();
      assertThat(highest(policy, totp, sms)).isEqualTo(1);
      assertThat(highest(policy, sms, other, email)).isZero();
      assertThat(highest(policy, totp, sms, email)).isEqualTo(2);
      assertThat(highest(policy, totp, capped(sms))).isZero();
    }

    private static int highest(Policy policy, Factor... factors) {
      return policy.highestRank(new Account(true, null, 0, List.of(factors)), NOW);
    }
  }

  @Nested
  class AProperty {
    @Test
    void ofPhishingResistanceIsHeldByAPasskey() {
      Level phr = level(Property.PHISHING_RESISTANT);
      assertThat(reached(phr, key)).isTrue();
      assertThat(reached(phr, synced)).isTrue();
      assertThat(reached(phr, totp)).isFalse();
      assertThat(reached(phr, totp, sms)).isFalse();
      assertThat(reached(phr, totp, synced)).isTrue();
    }

    @Test
    void ofHardwareIsHeldByAnAttestedKeyThatCannotLeave() {
      Level hardware = level(Property.HARDWARE);
      assertThat(reached(hardware, key)).isTrue();
      assertThat(reached(hardware, synced)).isFalse();
      assertThat(reached(hardware, passkey(true, new Backup(false, false), "none"))).isFalse();
      assertThat(reached(hardware, passkey(true, new Backup(true, false), "packed"))).isFalse();
      assertThat(reached(hardware, totp)).isFalse();
      assertThat(hardware.isOpenTo(TOTP)).isFalse();
      assertThat(hardware.isOpenTo(WEBAUTHN)).isTrue();
    }

    @Tag("R14")
    @Test
    void ofUserVerificationFollowsTheFlagOfTheAssertion() {
      Level verified = new Level("v", ANY, Set.of(Property.USER_VERIFICATION), new Breadth(2, 2));
      Factor touched = passkey(false, new Backup(false, false), "none");
      assertThat(verified.isReachedBy(List.of(proven(key, "hwk", "user"), proven(totp, "otp"))))
          .isTrue();
      assertThat(verified.isReachedBy(List.of(proven(key, "hwk"), proven(totp, "otp")))).isFalse();
      assertThat(verified.isReachedBy(List.of(proven(touched, "hwk", "user"), proven(totp, "otp"))))
          .isTrue();
      assertThat(reached(verified, touched, totp)).isFalse();
    }

    private static Proven proven(Factor factor, String... amr) {
      return Proven.of(factor, new Passed(factor.id(), List.of(amr), NOW));
    }

    private static boolean reached(Level level, Factor... factors) {
      return level.isReachedBy(Arrays.stream(factors).map(Proven::expected).toList());
    }

    private static Level level(Property property) {
      return new Level("l", ANY, Set.of(property));
    }
  }

  private static Action action(@Nullable String acr) {
    return new Action(
        "act", false, acr, ANY, new Action.Display(null, false), Duration.ofMinutes(5));
  }

  private static Action chain(List<Set<FactorKind>> steps) {
    return new Action(
        "act",
        false,
        null,
        ANY,
        steps,
        new Action.Display(null, false),
        new Action.Terms(Duration.ofMinutes(5), null, false));
  }

  private static Factor factor(FactorKind kind) {
    return factor(Samples.credential(kind), null);
  }

  private static Factor factor(Credential credential, @Nullable Instant capped) {
    return new Factor(
        FactorId.random(Samples.IDS),
        "label",
        credential,
        FactorState.ACTIVE,
        Failures.NONE,
        new Factor.Times(NOW.minusSeconds(60), null, null, capped));
  }

  private static Factor capped(Factor factor) {
    return factor(factor.credential(), NOW.plusSeconds(1));
  }

  private static Factor passkey(boolean userVerified, Backup backup, String attestation) {
    Passkey sample = Samples.passkey();
    var device = new Authenticator(new UUID(1, 2), Set.of(), attestation, userVerified);
    var record = new CredentialRecord(Samples.IDS.nonce(), Samples.IDS.nonce(), 0, backup, device);
    return factor(new Passkey(sample.scope(), record, userVerified, null), null);
  }

  private static Policy policy(List<Level> levels, Action action) {
    var window = new Window(10, Duration.ofMinutes(1));
    var sends = new SendLimits(Duration.ofSeconds(30), List.of(), window, window, window);
    return new Policy(
        new Tenant("acme"),
        new Policy.Parties("Acme", List.of(), List.of()),
        levels,
        Map.of(action.name(), action),
        Set.of("CH"),
        new Limits(sends, window, window));
  }
}
