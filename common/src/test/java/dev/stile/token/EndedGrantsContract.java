package dev.stile.token;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import dev.stile.token.EndedGrants.Consumption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of the ends of grants does, whatever it is made of.
@Tag("R22")
public abstract class EndedGrantsContract extends StoreContract {
  protected abstract EndedGrants grants();

  private Subject enrolled() {
    return Scene.enrolled(stores(), FactorKind.TOTP).subject();
  }

  private static Grant grant(Subject subject, long epoch) {
    return new Grant(
        "grt_" + Samples.IDS.text(),
        new Grant.Party("https://stile.example", subject.id(), "payments", "console", null),
        new Grant.Assurance(NOW, "aal2", List.of("otp"), epoch),
        new Grant.Transaction("chl_1", "pay", "digest"),
        NOW,
        Duration.ofMinutes(5));
  }

  @Test
  void consumesAGrantOnce() {
    Subject subject = enrolled();
    Grant grant = grant(subject, 0);
    assertThat(grants().stands(subject, grant)).isTrue();
    assertThat(grants().consume(subject, grant)).isEqualTo(Consumption.CONSUMED);
    assertThat(grants().consume(subject, grant)).isEqualTo(Consumption.USED);
    assertThat(grants().stands(subject, grant)).isFalse();
    assertThat(grants().consume(subject, grant(subject, 0))).isEqualTo(Consumption.CONSUMED);
  }

  @Test
  void consumesNoGrantThatWasRevoked() {
    Subject subject = enrolled();
    Grant grant = grant(subject, 0);
    grants().revoke(grant);
    grants().revoke(grant);
    assertThat(grants().stands(subject, grant)).isFalse();
    assertThat(grants().consume(subject, grant)).isEqualTo(Consumption.REVOKED);
  }

  @Test
  void remembersThatItWasUsedThoughItIsRevokedAfterwards() {
    Subject subject = enrolled();
    Grant grant = grant(subject, 0);
    grants().consume(subject, grant);
    grants().revoke(grant);
    assertThat(grants().consume(subject, grant)).isEqualTo(Consumption.USED);
  }

  @Test
  void consumesNoGrantThatAChangeHasBurnt() {
    Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
    Scene other = scene.another(FactorKind.SMS);
    Grant grant = grant(scene.subject(), 0);
    var gate = new Gate.Granted(grant.id(), NOW.plusSeconds(300));
    stores().factors().remove(scene.subject(), other.id(), gate, NOW);
    assertThat(grants().consume(scene.subject(), grant)).isEqualTo(Consumption.USED);
  }

  @Nested
  class AnEpoch {
    @Test
    void endsAllGrantsBeforeItAndNoneOfAnotherSubject() {
      Subject subject = enrolled();
      Subject other = enrolled();
      Grant before = grant(subject, 0);
      grants().revokeAll(subject);
      assertThat(grants().stands(subject, before)).isFalse();
      assertThat(grants().consume(subject, before)).isEqualTo(Consumption.REVOKED);
      assertThat(grants().consume(subject, grant(subject, 1))).isEqualTo(Consumption.CONSUMED);
      assertThat(grants().consume(other, grant(other, 0))).isEqualTo(Consumption.CONSUMED);
      assertThat(stores().factors().account(subject).epoch()).isEqualTo(1);
      grants().revokeAll(subject);
      assertThat(stores().factors().account(subject).epoch()).isEqualTo(2);
    }

    @Test
    void beginsForASubjectWithoutFactors() {
      Subject subject = Samples.subject();
      grants().revokeAll(subject);
      assertThat(stores().factors().account(subject).everEnrolled()).isFalse();
      assertThat(stores().factors().account(subject).epoch()).isEqualTo(1);
    }

    /// A26: what was asked before is not answered afterwards.
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void cancelsWhatWasAskedBefore(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge open = open(scene, 0);
      grants().revokeAll(scene.subject());
      assertThat(scene.read(open.id()).status(NOW)).isEqualTo(Status.CANCELED);
      assertThat(scene.right(scene.attempt(open, NOW)))
          .isEqualTo(new Refused(Reason.COMPLETED, Instant.MAX));
      assertThat(scene.factor().failures().count()).isZero();
    }

    @Test
    void cancelsWhatAPasskeyWasAskedBefore() {
      Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
      Challenge open = open(scene, 0);
      grants().revokeAll(scene.subject());
      assertThat(scene.read(open.id()).status(NOW)).isEqualTo(Status.CANCELED);
      assertThat(stores().assertions().consume(scene.attempt(open, NOW)))
          .isEqualTo(new Assertions.Consumption.Refused(Reason.COMPLETED));
    }

    @Test
    void leavesWhatIsAskedInIt() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      grants().revokeAll(scene.subject());
      Challenge open = open(scene, 1);
      assertThat(scene.wrong(scene.attempt(open, NOW))).isInstanceOf(Rejected.class);
      assertThat(scene.right(scene.attempt(open, NOW))).isInstanceOf(Verified.class);
    }

    /// Opened by who read the account just before.
    @Test
    void cancelsWhatIsAskedInAnEarlierOne() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      grants().revokeAll(scene.subject());
      Challenge late = open(scene, 0);
      assertThat(scene.right(scene.attempt(late, NOW)))
          .isEqualTo(new Refused(Reason.COMPLETED, Instant.MAX));
    }

    @Test
    void changesNothingThatHasEnded() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge approved = open(scene, 0);
      scene.right(scene.attempt(approved, NOW));
      grants().revokeAll(scene.subject());
      assertThat(scene.read(approved.id()).status(NOW)).isEqualTo(Status.APPROVED);
    }

    private static Challenge open(Scene scene, long epoch) {
      Challenge asked = scene.challenge(Status.PENDING, NOW);
      Approval was = asked.approval();
      var approval =
          new Approval(
              was.client(),
              was.audience(),
              was.action(),
              was.binding(),
              was.display(),
              was.decision(),
              epoch);
      return scene.open(Samples.approving(asked, approval), NOW);
    }
  }

  @Nested
  class InARace {
    @Tag("R03")
    @Test
    void oneCallConsumesAGrant() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = enrolled();
        Grant grant = grant(subject, 0);
        List<Consumption> all = Race.of(parallelism(), i -> grants().consume(subject, grant));
        assertThat(all).filteredOn(c -> c == Consumption.CONSUMED).hasSize(1);
        assertThat(all).filteredOn(c -> c == Consumption.USED).hasSize(parallelism() - 1);
      }
    }

    @Test
    void aGrantIsConsumedBeforeItIsRevokedOrNotAtAll() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = enrolled();
        Grant grant = grant(subject, 0);
        List<Consumption> all =
            Race.of(
                8,
                i -> {
                  if (i == 3) {
                    grants().revoke(grant);
                  }
                  return grants().consume(subject, grant);
                });
        assertThat(all.get(3)).isNotEqualTo(Consumption.CONSUMED);
        assertThat(all).filteredOn(c -> c == Consumption.CONSUMED).hasSizeLessThanOrEqualTo(1);
        assertThat(grants().stands(subject, grant)).isFalse();
      }
    }

    @Test
    void noGrantIsConsumedOnceItsEpochIsOver() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = enrolled();
        List<Consumption> all =
            Race.of(
                8,
                i -> {
                  if (i == 3) {
                    grants().revokeAll(subject);
                  }
                  return grants().consume(subject, grant(subject, 0));
                });
        assertThat(all.get(3)).isEqualTo(Consumption.REVOKED);
        assertThat(all).doesNotContain(Consumption.USED);
      }
    }
  }
}
