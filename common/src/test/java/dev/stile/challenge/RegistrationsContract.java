package dev.stile.challenge;

import static dev.stile.testing.Samples.LAPSE;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Registrations.Answer;
import dev.stile.challenge.Registrations.Registered;
import dev.stile.challenge.Registrations.Taking;
import dev.stile.challenge.Registrations.Taking.Taken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyScope;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Factors.Change;
import dev.stile.factor.Gate;
import dev.stile.key.Bytes;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of registrations does, whatever it is made of.
public abstract class RegistrationsContract extends StoreContract {
  private static final Gate FIRST = new Gate.FirstFactor();

  private final Passkey passkey = Samples.passkey();

  private Taking take(Answer answer) {
    return stores().registrations().take(answer);
  }

  private void refuses(Answer answer, Reason reason) {
    assertThat(take(answer)).isEqualTo(new Taking.Refused(reason));
  }

  private Activation activate(Answer answer, Passkey registered, Gate gate) {
    return stores().registrations().activate(answer, new Registered(registered, "Key"), gate);
  }

  private Activation refused(Reason reason) {
    return new Activation.Refused(reason, Instant.MAX);
  }

  private static Answer at(Answer answer, Instant now) {
    return new Answer(answer.subject(), answer.factor(), answer.owner(), answer.request(), now);
  }

  private static Answer by(String owner, Answer answer) {
    return new Answer(answer.subject(), answer.factor(), owner, answer.request(), answer.now());
  }

  @Nested
  class APendingPasskey {
    private final Enrollment enrollment = Enrollment.of(stores());
    private final Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
    private final Answer answer = enrollment.answer(pending, NOW);

    @Test
    void isTakenAsItStands() {
      Taking taking = take(answer);
      assertThat(taking).isInstanceOf(Taken.class);
      if (taking instanceof Taken(Factor factor, var passkey)) {
        assertThat(passkey.usedBy()).isEqualTo(answer.request());
        assertThat(factor).isEqualTo(enrollment.factor(pending.id()));
        assertThat(factor.with(pending.credential())).isEqualTo(pending);
      }
    }

    @Test
    void isTakenOnceWhateverCameOfIt() {
      take(answer);
      refuses(enrollment.answer(pending, NOW), Reason.COMPLETED);
    }

    @Test
    void isTakenByACallThatIsRepeated() {
      assertThat(take(answer)).isEqualTo(take(answer));
    }

    @Test
    void isUnknownToAnotherOwnerAndUnharmed() {
      refuses(by("somebody", answer), Reason.UNKNOWN);
      assertThat(take(answer)).isInstanceOf(Taken.class);
    }

    @Test
    void isTakenUntilTheLastSecond() {
      refuses(at(answer, NOW.plus(LAPSE)), Reason.EXPIRED);
      assertThat(take(at(answer, NOW.plus(LAPSE).minusSeconds(1)))).isInstanceOf(Taken.class);
    }

    @Test
    void isUnknownWhereItNeverWas() {
      var nowhere =
          new Answer(
              enrollment.subject(),
              FactorId.random(Samples.IDS),
              answer.owner(),
              answer.request(),
              NOW);
      refuses(nowhere, Reason.UNKNOWN);
      Factor app = enrollment.pending(FactorKind.TOTP, NOW);
      refuses(
          new Answer(enrollment.subject(), app.id(), answer.owner(), answer.request(), NOW),
          Reason.UNKNOWN);
    }

    @Test
    void becomesActiveWithItsCredential() {
      take(answer);
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(new Activation.Activated());
      Factor active = enrollment.factor(pending.id());
      assertThat(active.state()).isEqualTo(FactorState.ACTIVE);
      assertThat(active.credential()).isEqualTo(passkey);
      assertThat(active.label()).isEqualTo("Key");
      assertThat(active.times()).isEqualTo(new Factor.Times(NOW, null, NOW));
      assertThat(stores().factors().account(enrollment.subject()).everEnrolled()).isTrue();
      refuses(enrollment.answer(pending, NOW), Reason.COMPLETED);
    }

    @Test
    void isActivatedByTheCallThatTookItAlone() {
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(refused(Reason.COMPLETED));
      take(answer);
      assertThat(activate(enrollment.answer(pending, NOW), passkey, FIRST))
          .isEqualTo(refused(Reason.COMPLETED));
      assertThat(activate(at(answer, NOW.plus(LAPSE)), passkey, FIRST))
          .isEqualTo(refused(Reason.EXPIRED));
      assertThat(enrollment.factor(pending.id()).isActive()).isFalse();
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(new Activation.Activated());
    }

    @Test
    void recognisesTheActivationItWrote() {
      take(answer);
      activate(answer, passkey, FIRST);
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(new Activation.Activated());
      assertThat(activate(answer, Samples.passkey(), FIRST))
          .isNotEqualTo(new Activation.Activated());
    }

    @Test
    void isGoneOnceItWasAbandoned() {
      take(answer);
      stores().factors().abandon(enrollment.subject(), pending.id());
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(refused(Reason.UNKNOWN));
    }
  }

  @Nested
  class TheGate {
    private final Enrollment enrollment = Enrollment.of(stores());

    @Test
    void asksForAGrantOnceAFactorWasProven() {
      enrollment.active(FactorKind.TOTP);
      Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      Answer answer = enrollment.answer(pending, NOW);
      take(answer);
      assertThat(activate(answer, passkey, FIRST)).isEqualTo(new Activation.GrantNeeded());
      Gate.Granted grant = Samples.grant();
      assertThat(activate(answer, passkey, grant)).isEqualTo(new Activation.Activated());
      Factor second = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      assertThat(enrollment.register(second, Samples.passkey(), grant, NOW))
          .isEqualTo(new Activation.GrantConsumed());
    }

    @Test
    void capsWhatARecoveryCodeBinds() {
      enrollment.active(FactorKind.TOTP);
      Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      var recovered = new Gate.Recovered("grt_" + Samples.IDS.text(), NOW.plusSeconds(300));
      assertThat(enrollment.register(pending, passkey, recovered, NOW))
          .isEqualTo(new Activation.Activated());
      Instant until = NOW.plus(Gate.Recovered.CAP);
      Factor capped = enrollment.factor(pending.id());
      assertThat(capped.times().cappedUntil()).isEqualTo(until);
      assertThat(capped.usedAt(NOW, passkey).isCapped(until.minusMillis(1))).isTrue();
    }

    @Test
    void opensToNoGrantBeforeAFactorWasProven() {
      Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      assertThat(enrollment.register(pending, passkey, Samples.grant(), NOW))
          .isEqualTo(new Activation.GrantNeeded());
    }
  }

  @Nested
  @Tag("R16")
  class ACredential {
    private final Enrollment enrollment = Enrollment.of(stores());

    private Activation register(Enrollment of, Passkey registered, Gate gate) {
      return of.register(of.pending(FactorKind.WEBAUTHN, NOW), registered, gate, NOW);
    }

    @Test
    void belongsToOneSubjectAndOneFactor() {
      assertThat(register(enrollment, passkey, FIRST)).isEqualTo(new Activation.Activated());
      Gate.Granted grant = Samples.grant();
      assertThat(register(enrollment, passkey, grant)).isEqualTo(new Activation.Exists());
      Enrollment other = Enrollment.of(stores());
      assertThat(register(other, passkey, FIRST)).isEqualTo(new Activation.Exists());
      assertThat(stores().factors().account(other.subject()).everEnrolled()).isFalse();
      assertThat(register(enrollment, Samples.passkey(), grant))
          .isEqualTo(new Activation.Activated());
    }

    @Test
    void isAnotherAtAnotherRelyingParty() {
      register(enrollment, passkey, FIRST);
      var elsewhere =
          new Passkey(
              new PasskeyScope("example.net", Bytes.of(new byte[32])),
              passkey.record(),
              true,
              null);
      assertThat(register(Enrollment.of(stores()), elsewhere, FIRST))
          .isEqualTo(new Activation.Activated());
    }

    @Test
    void isFreeAgainOnceItsFactorIsRemoved() {
      enrollment.active(FactorKind.TOTP);
      Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      enrollment.register(pending, passkey, Samples.grant(), NOW);
      assertThat(
              stores().factors().remove(enrollment.subject(), pending.id(), Samples.grant(), NOW))
          .isEqualTo(Change.DONE);
      assertThat(register(Enrollment.of(stores()), passkey, FIRST))
          .isEqualTo(new Activation.Activated());
    }

    @Test
    void staysTakenWhereTheRemovalIsRefused() {
      Factor pending = enrollment.pending(FactorKind.WEBAUTHN, NOW);
      enrollment.register(pending, passkey, FIRST, NOW);
      assertThat(
              stores().factors().remove(enrollment.subject(), pending.id(), Samples.grant(), NOW))
          .isEqualTo(Change.LAST_FACTOR);
      assertThat(register(Enrollment.of(stores()), passkey, FIRST))
          .isEqualTo(new Activation.Exists());
    }
  }

  @Nested
  class ManyAtOnce {
    @Test
    @Tag("R03")
    void takeARegistrationOnce() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment fresh = Enrollment.of(stores());
        Factor pending = fresh.pending(FactorKind.WEBAUTHN, NOW);
        List<Taking> all = Race.of(parallelism(), i -> take(fresh.answer(pending, NOW)));
        assertThat(all).filteredOn(Taken.class::isInstance).hasSize(1);
        assertThat(all)
            .filteredOn(taking -> !(taking instanceof Taken))
            .containsOnly(new Taking.Refused(Reason.COMPLETED));
      }
    }

    @Test
    void registerOneCredentialOnce() {
      for (int round = 0; round < rounds(); round++) {
        Passkey wanted = Samples.passkey();
        List<Answer> answers =
            IntStream.range(0, 8).mapToObj(i -> taken(Enrollment.of(stores()))).toList();
        List<Activation> all =
            Race.of(answers.size(), i -> activate(answers.get(i), wanted, FIRST));
        assertThat(all).filteredOn(Activation.Activated.class::isInstance).hasSize(1);
        assertThat(all).filteredOn(Activation.Exists.class::isInstance).hasSize(7);
      }
    }

    @Test
    void proveOneOfTwoFirstFactors() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment fresh = Enrollment.of(stores());
        List<Answer> answers = List.of(taken(fresh), taken(fresh));
        List<Activation> all = Race.of(2, i -> activate(answers.get(i), Samples.passkey(), FIRST));
        assertThat(all)
            .containsExactlyInAnyOrder(new Activation.Activated(), new Activation.GrantNeeded());
      }
    }

    private Answer taken(Enrollment of) {
      Answer answer = of.answer(of.pending(FactorKind.WEBAUTHN, NOW), NOW);
      assertThat(take(answer)).isInstanceOf(Taken.class);
      return answer;
    }
  }
}
