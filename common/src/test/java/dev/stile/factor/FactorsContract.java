package dev.stile.factor;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Verification;
import dev.stile.factor.Factors.Change;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of factors does, whatever it is made of.
public abstract class FactorsContract extends StoreContract {
  private static final Gate FIRST = new Gate.FirstFactor();

  private Factors factors() {
    return stores().factors();
  }

  private Account account(Enrollment enrollment) {
    return factors().account(enrollment.subject());
  }

  private Change remove(Enrollment enrollment, FactorId id, Gate.Granted gate) {
    return factors().remove(enrollment.subject(), id, gate, NOW);
  }

  @Nested
  class AnAccount {
    private final Enrollment enrollment = Enrollment.of(stores());

    @Test
    void isEmptyAtFirst() {
      assertThat(account(enrollment)).isEqualTo(Account.NONE);
      assertThat(factors().find(enrollment.subject(), FactorId.random(Samples.IDS))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void showsAPendingFactorAsItWasAdded(FactorKind kind) {
      Factor factor = Samples.pending(kind, NOW);
      assertThat(factors().add(enrollment.subject(), factor, FIRST)).isEqualTo(Change.DONE);
      assertThat(factors().find(enrollment.subject(), factor.id())).contains(factor);
      assertThat(account(enrollment)).isEqualTo(new Account(false, null, 0, List.of(factor)));
    }

    @Test
    void keepsTheParametersOfAnApp() {
      Factor sample = Samples.pending(FactorKind.TOTP, NOW);
      var parameters = new TotpParameters(TotpParameters.Hash.SHA512, 8, Duration.ofMinutes(1));
      var credential =
          new Credential.Totp(
              ((Credential.Totp) sample.credential()).seed(),
              parameters,
              Credential.TotpProgress.NEW);
      var factor =
          new Factor(
              sample.id(),
              "Zoë’s phone",
              credential,
              sample.state(),
              sample.failures(),
              sample.times());
      factors().add(enrollment.subject(), factor, FIRST);
      assertThat(factors().find(enrollment.subject(), factor.id())).contains(factor);
    }

    @Test
    void holdsFactorsOfEveryKind() {
      Factor app = enrollment.active(FactorKind.TOTP);
      Factor phone = enrollment.active(FactorKind.SMS);
      Factor mailbox = enrollment.pending(FactorKind.EMAIL, NOW);
      assertThat(account(enrollment).factors()).containsExactlyInAnyOrder(app, phone, mailbox);
      assertThat(account(enrollment).active()).containsExactlyInAnyOrder(app, phone);
    }

    @Test
    void isNobodyElses() {
      Factor factor = enrollment.active(FactorKind.TOTP);
      Subject stranger = Samples.subject();
      var namesake = new Subject(new Tenant("other"), enrollment.subject().id());
      for (Subject other : List.of(stranger, namesake)) {
        assertThat(factors().account(other)).isEqualTo(Account.NONE);
        assertThat(factors().find(other, factor.id())).isEmpty();
        assertThat(factors().rename(other, factor.id(), "Mine")).isFalse();
        assertThat(factors().prefer(other, factor.id())).isFalse();
        assertThat(factors().abandon(other, factor.id())).isFalse();
        assertThat(factors().remove(other, factor.id(), Samples.grant(), NOW))
            .isEqualTo(Change.GONE);
      }
      assertThat(account(enrollment).factors()).containsExactly(factor);
    }
  }

  @Tag("R18")
  @Nested
  class Adding {
    private final Enrollment enrollment = Enrollment.of(stores());

    private Change add(Gate gate) {
      return factors().add(enrollment.subject(), Samples.pending(FactorKind.SMS, NOW), gate);
    }

    @Test
    void needsNoGrantUntilAFactorIsProven() {
      assertThat(add(FIRST)).isEqualTo(Change.DONE);
      assertThat(add(FIRST)).isEqualTo(Change.DONE);
      assertThat(account(enrollment).everEnrolled()).isFalse();
      assertThat(account(enrollment).factors()).hasSize(2);
    }

    @Test
    void needsAGrantFromThenOn() {
      enrollment.active(FactorKind.TOTP);
      assertThat(add(FIRST)).isEqualTo(Change.GRANT_NEEDED);
      assertThat(account(enrollment).factors()).hasSize(1);
      assertThat(add(Samples.grant())).isEqualTo(Change.DONE);
    }

    @Test
    void needsAGrantThoughTheFactorIsDisabled() {
      Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
      scene.fail(Failures.DISABLED_AT, NOW);
      Factor pending = Samples.pending(FactorKind.SMS, NOW);
      assertThat(factors().add(scene.subject(), pending, FIRST)).isEqualTo(Change.GRANT_NEEDED);
    }

    @Test
    void leavesTheGrantToTheActivation() {
      enrollment.active(FactorKind.TOTP);
      Gate.Granted grant = Samples.grant();
      assertThat(add(grant)).isEqualTo(Change.DONE);
      assertThat(add(grant)).isEqualTo(Change.DONE);
    }

    @Test
    void isRefusedByAGrantThatIsBurnt() {
      enrollment.active(FactorKind.TOTP);
      Factor removed = enrollment.active(FactorKind.SMS);
      Gate.Granted grant = Samples.grant();
      assertThat(remove(enrollment, removed.id(), grant)).isEqualTo(Change.DONE);
      assertThat(add(grant)).isEqualTo(Change.GRANT_CONSUMED);
      assertThat(account(enrollment).factors()).hasSize(1);
    }
  }

  @Nested
  class Renaming {
    private final Enrollment enrollment = Enrollment.of(stores());

    @Test
    void changesTheLabelAndNothingElse() {
      Factor factor = enrollment.active(FactorKind.TOTP);
      assertThat(factors().rename(enrollment.subject(), factor.id(), "Büro")).isTrue();
      assertThat(enrollment.factor(factor.id()))
          .isEqualTo(
              new Factor(
                  factor.id(),
                  "Büro",
                  factor.credential(),
                  factor.state(),
                  factor.failures(),
                  factor.times()));
    }

    @Test
    void needsAFactor() {
      FactorId never = FactorId.random(Samples.IDS);
      assertThat(factors().rename(enrollment.subject(), never, "Büro")).isFalse();
      assertThat(factors().find(enrollment.subject(), never)).isEmpty();
    }

    @Test
    void reachesAPendingFactorToo() {
      Factor factor = enrollment.pending(FactorKind.SMS, NOW);
      assertThat(factors().rename(enrollment.subject(), factor.id(), "Büro")).isTrue();
      assertThat(enrollment.factor(factor.id()).label()).isEqualTo("Büro");
    }
  }

  @Nested
  class NotingAUse {
    private final Enrollment enrollment = Enrollment.of(stores());
    private final FactorId factor = enrollment.active(FactorKind.SMS).id();

    private boolean note(Instant at) {
      return factors().noteUse(enrollment.subject(), factor, at);
    }

    @Test
    void keepsTheLastOneInWhateverOrderTheyAreTold() {
      assertThat(note(NOW.plusMillis(1))).isTrue();
      assertThat(note(NOW)).isFalse();
      assertThat(note(NOW.plusMillis(1))).isFalse();
      assertThat(enrollment.factor(factor).times().lastUsed()).isEqualTo(NOW.plusMillis(1));
      assertThat(note(NOW.plusMillis(2))).isTrue();
      assertThat(enrollment.factor(factor).times().lastUsed()).isEqualTo(NOW.plusMillis(2));
    }

    @Test
    void keepsTheLastOfManyAtOnce() {
      Race.of(parallelism(), i -> note(NOW.plusMillis(i)));
      assertThat(enrollment.factor(factor).times().lastUsed())
          .isEqualTo(NOW.plusMillis(parallelism() - 1));
    }

    @Test
    void makesNoFactorOutOfAUse() {
      FactorId never = FactorId.random(Samples.IDS);
      assertThat(factors().noteUse(enrollment.subject(), never, NOW)).isFalse();
      assertThat(factors().find(enrollment.subject(), never)).isEmpty();
    }
  }

  @Nested
  class Preferring {
    private final Enrollment enrollment = Enrollment.of(stores());

    private boolean prefer(Factor factor) {
      return factors().prefer(enrollment.subject(), factor.id());
    }

    @Test
    void takesTheLastOneNamed() {
      Factor app = enrollment.active(FactorKind.TOTP);
      Factor phone = enrollment.active(FactorKind.SMS);
      assertThat(account(enrollment).preferred()).isNull();
      assertThat(prefer(app)).isTrue();
      assertThat(account(enrollment).preferred()).isEqualTo(app.id());
      assertThat(prefer(phone)).isTrue();
      assertThat(account(enrollment).preferred()).isEqualTo(phone.id());
    }

    @Test
    void needsAProvenFactor() {
      Factor app = enrollment.active(FactorKind.TOTP);
      prefer(app);
      assertThat(prefer(enrollment.pending(FactorKind.SMS, NOW))).isFalse();
      assertThat(prefer(Samples.pending(FactorKind.SMS, NOW))).isFalse();
      assertThat(account(enrollment).preferred()).isEqualTo(app.id());
    }

    @Test
    void isForgottenWithTheFactorAndNotWithAnother() {
      Factor app = enrollment.active(FactorKind.TOTP);
      Factor phone = enrollment.active(FactorKind.SMS);
      Factor mailbox = enrollment.active(FactorKind.EMAIL);
      prefer(phone);
      remove(enrollment, app.id(), Samples.grant());
      assertThat(account(enrollment).preferred()).isEqualTo(phone.id());
      remove(enrollment, phone.id(), Samples.grant());
      assertThat(account(enrollment).preferred()).isNull();
      assertThat(prefer(mailbox)).isTrue();
    }
  }

  @Tag("R19")
  @Nested
  class Removing {
    private final Enrollment enrollment = Enrollment.of(stores());

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void takesTheFactorAndWhatBelongedToIt(FactorKind kind) {
      Factor kept = enrollment.active(FactorKind.TOTP);
      Factor removed = enrollment.active(kind);
      var scene = new Scene(stores(), enrollment.subject(), removed.id(), kind);
      Challenge challenge = scene.open(NOW);
      assertThat(remove(enrollment, removed.id(), Samples.grant())).isEqualTo(Change.DONE);
      assertThat(account(enrollment)).isEqualTo(new Account(true, null, 0, List.of(kept)));
      assertThat(factors().find(enrollment.subject(), removed.id())).isEmpty();
      assertThat(stores().challenges().find(scene.subject(), challenge.id())).isEmpty();
      assertThat(scene.right(scene.attempt(challenge, NOW)))
          .isEqualTo(Verification.refused(Verification.Reason.UNKNOWN));
      assertThat(remove(enrollment, removed.id(), Samples.grant())).isEqualTo(Change.GONE);
    }

    @Test
    void sparesTheLastFactorAndTheGrant() {
      Factor last = enrollment.active(FactorKind.TOTP);
      enrollment.pending(FactorKind.EMAIL, NOW);
      Gate.Granted grant = Samples.grant();
      assertThat(remove(enrollment, last.id(), grant)).isEqualTo(Change.LAST_FACTOR);
      assertThat(enrollment.factor(last.id())).isEqualTo(last);
      enrollment.active(FactorKind.SMS);
      assertThat(remove(enrollment, last.id(), grant)).isEqualTo(Change.DONE);
    }

    @Test
    void countsADisabledFactorAsOneThatIsLeft() {
      Scene disabled = Scene.enrolled(stores(), FactorKind.TOTP);
      Scene other = disabled.another(FactorKind.SMS);
      disabled.fail(Failures.DISABLED_AT, NOW);
      assertThat(factors().remove(other.subject(), other.id(), Samples.grant(), NOW))
          .isEqualTo(Change.DONE);
    }

    @Test
    void takesADisabledFactor() {
      Scene disabled = Scene.enrolled(stores(), FactorKind.TOTP);
      disabled.another(FactorKind.SMS);
      disabled.fail(Failures.DISABLED_AT, NOW);
      assertThat(factors().remove(disabled.subject(), disabled.id(), Samples.grant(), NOW))
          .isEqualTo(Change.DONE);
    }

    @Test
    void isForProvenFactorsOnlyAndKeepsTheGrantOtherwise() {
      enrollment.active(FactorKind.TOTP);
      Factor second = enrollment.active(FactorKind.SMS);
      Factor pending = enrollment.pending(FactorKind.EMAIL, NOW);
      Gate.Granted grant = Samples.grant();
      assertThat(remove(enrollment, pending.id(), grant)).isEqualTo(Change.GONE);
      assertThat(remove(enrollment, FactorId.random(Samples.IDS), grant)).isEqualTo(Change.GONE);
      assertThat(enrollment.factor(pending.id())).isEqualTo(pending);
      assertThat(remove(enrollment, second.id(), grant)).isEqualTo(Change.DONE);
    }

    @Test
    void burnsTheGrant() {
      enrollment.active(FactorKind.TOTP);
      Factor second = enrollment.active(FactorKind.SMS);
      Factor third = enrollment.active(FactorKind.EMAIL);
      Gate.Granted grant = Samples.grant();
      assertThat(remove(enrollment, second.id(), grant)).isEqualTo(Change.DONE);
      assertThat(remove(enrollment, third.id(), grant)).isEqualTo(Change.GRANT_CONSUMED);
      assertThat(enrollment.factor(third.id())).isEqualTo(third);
    }

    @Tag("R18")
    @Test
    void doesNotReopenTheFirstEnrollment() {
      enrollment.active(FactorKind.TOTP);
      Factor second = enrollment.active(FactorKind.SMS);
      remove(enrollment, second.id(), Samples.grant());
      Factor pending = Samples.pending(FactorKind.SMS, NOW);
      assertThat(factors().add(enrollment.subject(), pending, FIRST))
          .isEqualTo(Change.GRANT_NEEDED);
    }
  }

  @Nested
  class Abandoning {
    private final Enrollment enrollment = Enrollment.of(stores());

    @ParameterizedTest
    @EnumSource
    void dropsAPendingFactorOnce(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      assertThat(factors().abandon(enrollment.subject(), factor.id())).isTrue();
      assertThat(account(enrollment)).isEqualTo(Account.NONE);
      assertThat(factors().abandon(enrollment.subject(), factor.id())).isFalse();
    }

    @Test
    void sparesAProvenFactor() {
      enrollment.active(FactorKind.TOTP);
      Factor factor = enrollment.active(FactorKind.SMS);
      assertThat(factors().abandon(enrollment.subject(), factor.id())).isFalse();
      assertThat(enrollment.factor(factor.id())).isEqualTo(factor);
    }

    @Test
    void needsAFactor() {
      assertThat(factors().abandon(enrollment.subject(), FactorId.random(Samples.IDS))).isFalse();
    }
  }

  @Nested
  class ManyAtOnce {
    @Tag("R19")
    @Test
    void leaveOneOfTheLastTwoFactors() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        List<FactorId> both =
            List.of(
                enrollment.active(FactorKind.TOTP).id(), enrollment.active(FactorKind.SMS).id());
        List<Change> all =
            Race.of(parallelism(), i -> remove(enrollment, both.get(i % 2), Samples.grant()));
        assertThat(all).filteredOn(Change.DONE::equals).hasSize(1);
        assertThat(all).containsOnly(Change.DONE, Change.GONE, Change.LAST_FACTOR);
        assertThat(account(enrollment).active()).hasSize(1);
      }
    }

    @Test
    void useAGrantOnce() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        List<FactorId> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          all.add(enrollment.active(FactorKind.TOTP).id());
        }
        Gate.Granted grant = Samples.grant();
        List<Change> changes =
            Race.of(parallelism(), i -> remove(enrollment, all.get(i % 6), grant));
        assertThat(changes).filteredOn(Change.DONE::equals).hasSize(1);
        assertThat(account(enrollment).active()).hasSize(5);
      }
    }

    @Test
    void preferNoFactorThatIsRemoved() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        enrollment.active(FactorKind.TOTP);
        FactorId removed = enrollment.active(FactorKind.SMS).id();
        List<Change> changes =
            Race.of(
                parallelism(),
                i ->
                    i % 2 != 0 && factors().prefer(enrollment.subject(), removed)
                        ? Change.GONE
                        : remove(enrollment, removed, Samples.grant()));
        assertThat(changes).filteredOn(Change.DONE::equals).hasSize(1);
        assertThat(account(enrollment).preferred()).isNull();
      }
    }
  }
}
