package dev.stile.challenge;

import static dev.stile.testing.Samples.LIFE;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Assertions.Consumption;
import dev.stile.challenge.Assertions.Consumption.Consumed;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors.Change;
import dev.stile.factor.Failures;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of verdicts over assertions does, whatever it is made of.
public abstract class AssertionsContract extends StoreContract {
  /// A use whose counter has grown.
  private static final PasskeyUse USE = new PasskeyUse(7, true, true);

  /// How often the race for one approval is run.
  protected int approvalRounds() {
    return rounds();
  }

  private Consumption consume(Attempt attempt) {
    return stores().assertions().consume(attempt);
  }

  private Challenge consumed(Attempt attempt) {
    if (consume(attempt) instanceof Consumed(Challenge challenge)) {
      return challenge;
    }
    throw new AssertionError("a challenge could not be consumed");
  }

  private Verification approve(Scene scene, Attempt attempt, Challenge consumed) {
    return stores().assertions().approve(attempt, consumed, scene.factor(), USE);
  }

  private Verification answer(Scene of, Challenge challenge, Factor judged, PasskeyUse use) {
    Attempt attempt = of.attempt(challenge, NOW);
    return switch (consume(attempt)) {
      case Consumed(var consumed) -> stores().assertions().approve(attempt, consumed, judged, use);
      case Consumption.Refused(var reason) -> Verification.refused(reason);
      case Consumption.Repeated(var ended) -> throw new AssertionError(ended);
    };
  }

  private void refuses(Attempt attempt, Reason reason) {
    assertThat(consume(attempt)).isEqualTo(new Consumption.Refused(reason));
  }

  private static Attempt by(String owner, Attempt attempt) {
    return new Attempt(
        attempt.subject(), attempt.challenge(), owner, attempt.request(), attempt.now());
  }

  private static @Nullable Instant regressed(Factor factor) {
    return factor.credential() instanceof Passkey passkey ? passkey.regressed() : Instant.MIN;
  }

  @Nested
  class AChallenge {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);

    @Test
    void isFoundAsItWasOpened() {
      Challenge challenge = scene.open(NOW);
      assertThat(scene.read(challenge.id())).isEqualTo(challenge);
      assertThat(challenge.prompt()).isInstanceOf(PasskeyPrompt.class);
      assertThat(challenge.attemptsLeft()).isEqualTo(1);
    }

    @Test
    void standsBesideThreeOthersWhicheverPasskeyTheyAsk() {
      Scene other = scene.another(FactorKind.WEBAUTHN);
      Challenge first = scene.open(NOW);
      other.open(NOW.plusSeconds(1));
      scene.open(NOW.plusSeconds(2));
      other.open(NOW.plusSeconds(3));
      Instant now = NOW.plusSeconds(4);
      assertThat(scene.tryOpen(scene.challenge(Status.PENDING, now), now))
          .isEqualTo(new Opening.Full(first.lifetime().expires()));
      scene.cancel(first, now);
      assertThat(scene.tryOpen(scene.challenge(Status.PENDING, now), now))
          .isInstanceOf(Opening.Opened.class);
    }

    @Test
    void isNoFactor() {
      scene.open(NOW);
      assertThat(stores().factors().account(scene.subject()).factors())
          .containsExactly(scene.factor());
    }
  }

  @Nested
  class ACallWithAKey {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
    private final Challenge challenge = scene.open(NOW);
    private final Retry retry = new Retry(Samples.digest("key"), Samples.digest("key and answer"));

    private Attempt attempt(Retry named, Instant now) {
      return new Attempt(
          scene.subject(), challenge.id(), scene.owner(), Samples.request(), now, named);
    }

    private Consumption approved() {
      Attempt first = attempt(retry, NOW);
      assertThat(approve(scene, first, consumed(first))).isInstanceOf(Verified.class);
      return new Consumption.Repeated(scene.read(challenge.id()));
    }

    @Test
    void isToldTheSameApproval() {
      Consumption told = approved();
      assertThat(consume(attempt(retry, NOW.plusSeconds(59)))).isEqualTo(told);
    }

    @Test
    void isToldTheSameFailure() {
      Attempt first = attempt(retry, NOW);
      consumed(first);
      stores().assertions().fail(first, null);
      assertThat(consume(attempt(retry, NOW)))
          .isEqualTo(new Consumption.Repeated(scene.read(challenge.id())));
    }

    @Test
    void isCompletedAfterAMinuteAndWithoutTheKey() {
      approved();
      refuses(scene.attempt(challenge, NOW), Reason.COMPLETED);
      refuses(attempt(retry, NOW.plusSeconds(60)), Reason.COMPLETED);
    }

    @Test
    void isCompletedWhileTheVerdictIsUnderWay() {
      consumed(attempt(retry, NOW));
      refuses(attempt(retry, NOW), Reason.COMPLETED);
    }

    @Test
    void isAnotherCallWithAnotherAnswer() {
      approved();
      var other = new Retry(retry.key(), Samples.digest("key and other answer"));
      refuses(attempt(other, NOW), Reason.MISMATCH);
    }

    @Test
    void isOfNoUseToAnotherPrincipal() {
      approved();
      var stranger =
          new Attempt(scene.subject(), challenge.id(), "x", Samples.request(), NOW, retry);
      refuses(stranger, Reason.UNKNOWN);
    }

    /// One consumes it; the others are told what came of it, or that it is under way.
    @Test
    void isOneVerdictHoweverManyAreMadeAtOnce() {
      List<Consumption> all =
          Race.of(
              parallelism(),
              i -> {
                Attempt attempt = attempt(retry, NOW);
                Consumption one = consume(attempt);
                if (one instanceof Consumed(Challenge consumed)) {
                  assertThat(approve(scene, attempt, consumed)).isInstanceOf(Verified.class);
                }
                return one;
              });
      assertThat(all).filteredOn(Consumed.class::isInstance).hasSize(1);
      var told = new Consumption.Repeated(scene.read(challenge.id()));
      assertThat(all)
          .filteredOn(one -> !(one instanceof Consumed))
          .allMatch(
              one -> one.equals(told) || one.equals(new Consumption.Refused(Reason.COMPLETED)));
    }
  }

  @Nested
  class APendingChallenge {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
    private final Challenge challenge = scene.open(NOW);
    private final Attempt attempt = scene.attempt(challenge, NOW);

    @Test
    void isConsumedAsItStands() {
      Challenge consumed = consumed(attempt);
      assertThat(consumed.progress().status()).isEqualTo(Status.PENDING);
      assertThat(consumed.progress().lastRequest()).isEqualTo(attempt.request());
      assertThat(consumed.attemptsLeft()).isZero();
      assertThat(consumed.with(challenge.progress())).isEqualTo(challenge);
      assertThat(scene.read(challenge.id())).isEqualTo(consumed);
    }

    @Test
    void isConsumedOnce() {
      consumed(attempt);
      refuses(scene.attempt(challenge, NOW), Reason.COMPLETED);
    }

    @Test
    void isConsumedByACallThatIsRepeated() {
      assertThat(consumed(attempt)).isEqualTo(consumed(attempt));
    }

    @Test
    void isUnknownToAnotherOwnerAndUnharmed() {
      refuses(by("somebody", attempt), Reason.UNKNOWN);
      assertThat(scene.read(challenge.id())).isEqualTo(challenge);
      consumed(attempt);
      refuses(by("somebody", attempt), Reason.UNKNOWN);
    }

    @Test
    void isUnknownToAnotherSubjectAndWhereItNeverWas() {
      Scene other = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
      refuses(by(attempt.owner(), other.attempt(challenge, NOW)), Reason.UNKNOWN);
      other.open(NOW);
      refuses(by(attempt.owner(), other.attempt(challenge, NOW)), Reason.UNKNOWN);
      refuses(scene.attempt(scene.challenge(Status.PENDING, NOW), NOW), Reason.UNKNOWN);
    }

    @Test
    void isConsumedUntilTheLastSecond() {
      refuses(scene.attempt(challenge, NOW.plus(LIFE)), Reason.EXPIRED);
      consumed(scene.attempt(challenge, NOW.plus(LIFE).minusSeconds(1)));
    }

    @Test
    void isNotConsumedOnceItWasCanceled() {
      scene.cancel(challenge, NOW);
      refuses(attempt, Reason.COMPLETED);
      refuses(scene.attempt(challenge, NOW.plus(LIFE)), Reason.COMPLETED);
    }
  }

  @Nested
  @Tag("R13")
  class AConsumedChallenge {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
    private final Challenge challenge = scene.open(NOW);
    private final Attempt attempt = scene.attempt(challenge, NOW.plusSeconds(7));
    private final Challenge consumed = consumed(attempt);

    @Test
    void isApprovedTogetherWithItsCredential() {
      Verification verification = approve(scene, attempt, consumed);
      assertThat(verification).isInstanceOf(Verified.class);
      if (verification instanceof Verified(Challenge approved, Factor factor)
          && factor.credential() instanceof Passkey passkey) {
        assertThat(approved.progress()).isEqualTo(Challenge.Progress.approvedBy(attempt));
        assertThat(approved).isEqualTo(scene.read(challenge.id()));
        assertThat(factor).isEqualTo(scene.factor());
        assertThat(factor.times().lastUsed()).isEqualTo(NOW.plusSeconds(7));
        assertThat(passkey.record().signCount()).isEqualTo(7);
        assertThat(passkey.record().backup().state()).isTrue();
        assertThat(passkey.userVerified()).isTrue();
      }
    }

    @Test
    void isApprovedByTheCallThatConsumedItAlone() {
      Factor before = scene.factor();
      Attempt other = scene.attempt(challenge, NOW);
      assertThat(approve(scene, other, consumed)).isEqualTo(Verification.refused(Reason.COMPLETED));
      assertThat(approve(scene, by("somebody", attempt), consumed))
          .isEqualTo(Verification.refused(Reason.COMPLETED));
      stores().assertions().fail(other, null);
      assertThat(scene.factor()).isEqualTo(before);
      assertThat(scene.read(challenge.id())).isEqualTo(consumed);
    }

    @Test
    void recognisesTheApprovalItWrote() {
      Factor judged = scene.factor();
      var first = stores().assertions().approve(attempt, consumed, judged, USE);
      assertThat(first).isInstanceOf(Verified.class);
      assertThat(stores().assertions().approve(attempt, consumed, judged, USE)).isEqualTo(first);
      refuses(scene.attempt(challenge, NOW), Reason.COMPLETED);
    }

    @Test
    void isNotApprovedOnceItWasCanceled() {
      Factor before = scene.factor();
      scene.cancel(challenge, NOW);
      assertThat(approve(scene, attempt, consumed))
          .isEqualTo(Verification.refused(Reason.COMPLETED));
      assertThat(scene.factor()).isEqualTo(before);
      assertThat(scene.read(challenge.id()).progress().status()).isEqualTo(Status.CANCELED);
    }

    @Test
    void isJudgedAgainOnceItsCredentialWasUsedMeanwhile() {
      Factor judged = scene.factor();
      Challenge other = scene.open(NOW);
      assertThat(answer(scene, other, judged, new PasskeyUse(6, false, false)))
          .isInstanceOf(Verified.class);
      assertThat(stores().assertions().approve(attempt, consumed, judged, USE))
          .isEqualTo(new Overtaken(scene.factor()));
      assertThat(scene.read(challenge.id())).isEqualTo(consumed);
      assertThat(approve(scene, attempt, consumed)).isInstanceOf(Verified.class);
    }

    @Test
    void isNotApprovedByACredentialThatWasRemoved() {
      Factor judged = scene.factor();
      scene.another(FactorKind.TOTP);
      assertThat(stores().factors().remove(scene.subject(), scene.id(), Samples.grant(), NOW))
          .isEqualTo(Change.DONE);
      assertThat(stores().assertions().approve(attempt, consumed, judged, USE))
          .isEqualTo(Verification.refused(Reason.UNKNOWN));
      assertThat(scene.read(challenge.id())).isEqualTo(consumed);
    }

    @Test
    void failsForGoodAndLeavesTheCredentialAlone() {
      Factor before = scene.factor();
      stores().assertions().fail(attempt, null);
      Challenge failed = scene.read(challenge.id());
      assertThat(failed.progress()).isEqualTo(Challenge.Progress.failedBy(attempt));
      assertThat(failed.status(NOW)).isEqualTo(Status.FAILED);
      assertThat(failed.attemptsLeft()).isZero();
      assertThat(approve(scene, attempt, consumed))
          .isEqualTo(Verification.refused(Reason.COMPLETED));
      refuses(scene.attempt(challenge, NOW), Reason.COMPLETED);
      refuses(scene.attempt(challenge, NOW.plus(LIFE)), Reason.COMPLETED);
      assertThat(scene.factor()).isEqualTo(before);
      assertThat(before.failures()).isEqualTo(Failures.NONE);
    }

    @Test
    void marksTheCredentialWhoseCounterWentBack() {
      stores().assertions().fail(attempt, scene.id());
      assertThat(scene.read(challenge.id()).status(NOW)).isEqualTo(Status.FAILED);
      assertThat(regressed(scene.factor())).isEqualTo(attempt.now());
      assertThat(scene.factor().isUsable()).isTrue();
    }

    @Test
    void marksItThoughTheChallengeWasCanceledMeanwhile() {
      scene.cancel(challenge, NOW);
      stores().assertions().fail(attempt, scene.id());
      assertThat(scene.read(challenge.id()).progress().status()).isEqualTo(Status.CANCELED);
      assertThat(regressed(scene.factor())).isEqualTo(attempt.now());
    }

    @Test
    void staysReadableAsPendingUntilItExpiresIfTheCallDied() {
      Challenge left = scene.read(challenge.id());
      assertThat(left.status(NOW)).isEqualTo(Status.PENDING);
      assertThat(left.status(NOW.plus(LIFE))).isEqualTo(Status.EXPIRED);
      refuses(scene.attempt(challenge, NOW), Reason.COMPLETED);
      refuses(scene.attempt(challenge, NOW.plus(LIFE)), Reason.EXPIRED);
    }
  }

  @Nested
  class ManyAtOnce {
    @Test
    @Tag("R03")
    void approveOnceByOneAssertion() {
      for (int round = 0; round < approvalRounds(); round++) {
        Scene fresh = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
        Challenge challenge = fresh.open(NOW);
        Factor judged = fresh.factor();
        List<Verification> all = Race.of(parallelism(), i -> answer(fresh, challenge, judged, USE));
        assertThat(all).filteredOn(Verified.class::isInstance).hasSize(1);
        assertThat(all)
            .filteredOn(v -> !(v instanceof Verified))
            .containsOnly(Verification.refused(Reason.COMPLETED));
      }
    }

    @Test
    @Tag("R15")
    void useOneCounterOnceOverTwoChallenges() {
      for (int round = 0; round < rounds(); round++) {
        Scene fresh = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
        List<Challenge> live = List.of(fresh.open(NOW), fresh.open(NOW));
        Factor judged = fresh.factor();
        List<Verification> all = Race.of(2, i -> answer(fresh, live.get(i), judged, USE));
        assertThat(all).filteredOn(Verified.class::isInstance).hasSize(1);
        assertThat(all).filteredOn(Overtaken.class::isInstance).hasSize(1);
      }
    }

    @Test
    void endItOnceByApprovalOrByCancellation() {
      for (int round = 0; round < rounds(); round++) {
        Scene fresh = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
        Challenge challenge = fresh.open(NOW);
        Factor judged = fresh.factor();
        List<Boolean> all =
            Race.of(
                parallelism(),
                i ->
                    i % 2 == 0
                        ? answer(fresh, challenge, judged, USE) instanceof Verified
                        : stores()
                            .challenges()
                            .cancel(fresh.subject(), challenge.id(), fresh.owner(), null, NOW)
                            .isPresent());
        assertThat(all).filteredOn(ended -> ended).hasSize(1);
      }
    }

    @Test
    void openTheFirstChallengesOfASubject() {
      for (int round = 0; round < rounds(); round++) {
        Scene fresh = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
        List<Opening> all =
            Race.of(8, i -> fresh.tryOpen(fresh.challenge(Status.PENDING, NOW), NOW));
        assertThat(all).filteredOn(Opening.Opened.class::isInstance).hasSize(Slots.MAX_LIVE);
      }
    }
  }
}
