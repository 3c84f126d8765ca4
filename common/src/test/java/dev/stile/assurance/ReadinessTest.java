package dev.stile.assurance;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.Readiness.Count;
import dev.stile.assurance.Readiness.Found;
import dev.stile.assurance.Readiness.Hint;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.Factor.Times;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.recovery.RecoveryCodes.Remaining;
import dev.stile.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Failures DELAYED = new Failures(5, NOW.minusSeconds(1));
  private static final Failures DISABLED = new Failures(50, NOW.minusSeconds(90_000));
  private static final Remaining ALL = new Remaining(10, NOW, Failures.NONE);

  private static Factor factor(
      FactorKind kind, FactorState state, Failures failures, @Nullable Instant capped) {
    Instant lapses = state == FactorState.PENDING ? NOW.plusSeconds(60) : null;
    return new Factor(
        FactorId.random(Samples.IDS),
        "label",
        Samples.credential(kind),
        state,
        failures,
        new Times(NOW, lapses, null, capped));
  }

  private static Factor active(FactorKind kind) {
    return factor(kind, FactorState.ACTIVE, Failures.NONE, null);
  }

  private static Readiness of(@Nullable Remaining codes, Factor... factors) {
    return Readiness.of(new Account(true, null, 0, List.of(factors)), codes, NOW);
  }

  private static List<Hint> hints(@Nullable Remaining codes, Factor... factors) {
    return of(codes, factors).hints().stream().map(Found::hint).toList();
  }

  @Test
  void isCompleteWithTwoKindsAndCodes() {
    Readiness readiness = of(ALL, active(TOTP), active(SMS));
    assertThat(readiness.independent()).isTrue();
    assertThat(readiness.hints()).isEmpty();
  }

  @Test
  void countsFactorsByKindAndState() {
    Readiness readiness =
        of(
            ALL,
            active(SMS),
            active(TOTP),
            factor(TOTP, FactorState.ACTIVE, DELAYED, null),
            factor(TOTP, FactorState.ACTIVE, DISABLED, null),
            factor(TOTP, FactorState.PENDING, Failures.NONE, null));
    assertThat(readiness.counts())
        .containsExactly(new Count(TOTP, 2, 1, 1, 1), new Count(SMS, 1, 0, 0, 0));
  }

  @Test
  void leavesOutWhatHasLapsed() {
    Factor lapsed = factor(TOTP, FactorState.PENDING, Failures.NONE, null);
    var account = new Account(false, null, 0, List.of(lapsed));
    assertThat(Readiness.of(account, null, NOW.plusSeconds(61)).counts()).isEmpty();
  }

  @Test
  void takesTwoOfAKindForOneLoss() {
    Readiness readiness = of(ALL, active(TOTP), active(TOTP));
    assertThat(readiness.independent()).isFalse();
    assertThat(hints(ALL, active(TOTP), active(TOTP))).containsExactly(Hint.ONE_KIND);
  }

  @Test
  void tellsPasskeysThatStayFromThoseThatAreSynced() {
    assertThat(of(ALL, passkey(false), passkey(false)).independent()).isTrue();
    assertThat(of(ALL, passkey(false), passkey(true)).independent()).isTrue();
    assertThat(of(ALL, passkey(true), active(TOTP)).independent()).isTrue();
    assertThat(hints(ALL, passkey(true), active(TOTP))).isEmpty();
    assertThat(of(ALL, passkey(true), passkey(true)).independent()).isFalse();
    assertThat(hints(ALL, passkey(true), passkey(true))).containsExactly(Hint.SYNCED_ONLY);
    assertThat(hints(ALL, passkey(true))).containsExactly(Hint.ONE_FACTOR);
  }

  private static Factor passkey(boolean synced) {
    return new Factor(
        FactorId.random(Samples.IDS),
        "label",
        Samples.passkey().after(new PasskeyUse(1, synced, true)),
        FactorState.ACTIVE,
        Failures.NONE,
        new Times(NOW, null, null));
  }

  @Test
  void countsNoFactorThatCannotBeUsed() {
    Factor disabled = factor(TOTP, FactorState.ACTIVE, DISABLED, null);
    assertThat(of(ALL, active(SMS), disabled).independent()).isFalse();
    assertThat(hints(ALL, disabled)).containsExactly(Hint.NO_FACTOR, Hint.FACTOR_DISABLED);
    assertThat(of(ALL, disabled).hints().getLast().factors()).containsExactly(disabled.id());
  }

  @Test
  void warnsOfWhatCanBeDiverted() {
    assertThat(hints(ALL, active(SMS), active(SMS)))
        .containsExactly(Hint.ONE_KIND, Hint.RESTRICTED_ONLY);
    assertThat(hints(ALL, active(EMAIL))).containsExactly(Hint.ONE_FACTOR, Hint.EMAIL_ONLY);
  }

  @Test
  void namesFactorsThatNeedTheirOwner() {
    Factor delayed = factor(TOTP, FactorState.ACTIVE, DELAYED, null);
    Factor capped = factor(SMS, FactorState.ACTIVE, Failures.NONE, NOW.plusMillis(1));
    assertThat(of(ALL, delayed, capped).hints())
        .containsExactly(
            new Found(Hint.FACTOR_LOCKED, List.of(delayed.id())),
            new Found(Hint.FACTOR_CAPPED, List.of(capped.id())));
    Factor free = factor(SMS, FactorState.ACTIVE, Failures.NONE, NOW);
    assertThat(hints(ALL, active(TOTP), free)).isEmpty();
  }

  @Test
  void tellsWhatIsWrongWithTheCodes() {
    Factor[] two = {active(TOTP), active(SMS)};
    assertThat(hints(null, two)).containsExactly(Hint.NO_RECOVERY_CODES);
    assertThat(hints(new Remaining(0, NOW, Failures.NONE), two))
        .containsExactly(Hint.NO_RECOVERY_CODES);
    assertThat(hints(new Remaining(3, NOW, Failures.NONE), two))
        .containsExactly(Hint.FEW_RECOVERY_CODES);
    assertThat(hints(new Remaining(4, NOW, Failures.NONE), two)).isEmpty();
    assertThat(hints(new Remaining(4, NOW, DELAYED), two))
        .containsExactly(Hint.RECOVERY_CODES_LOCKED);
    assertThat(hints(new Remaining(4, NOW, DISABLED), two))
        .containsExactly(Hint.RECOVERY_CODES_DISABLED);
  }

  @Test
  void asksForNoCodesWhereThereIsNothingToRecover() {
    assertThat(hints(null)).containsExactly(Hint.NO_FACTOR);
  }
}
