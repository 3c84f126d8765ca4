package dev.stile.challenge;

import static dev.stile.testing.Samples.LIFE;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of verdicts does, whatever it is made of.
public abstract class VerdictsContract extends StoreContract {
  private static final int GUESSES = 5;

  /// A right answer and a wrong one are refused alike, and leave everything as it was.
  private static void refuses(Scene scene, Challenge challenge, Instant now, Refused refused) {
    Challenge before = scene.read(challenge.id());
    Factor factor = scene.factor();
    assertThat(scene.wrong(scene.attempt(challenge, now))).isEqualTo(refused);
    assertThat(scene.right(scene.attempt(challenge, now))).isEqualTo(refused);
    assertThat(scene.read(challenge.id())).isEqualTo(before);
    assertThat(scene.factor()).isEqualTo(factor);
  }

  private static void refuses(Scene scene, Challenge challenge, Instant now, Reason reason) {
    refuses(scene, challenge, now, new Refused(reason, Instant.MAX));
  }

  private static Rejected incorrect(int attemptsLeft) {
    return new Rejected(attemptsLeft, Cause.INCORRECT);
  }

  private static void guessWrong(Scene scene, Challenge challenge, int times, Instant now) {
    for (int i = 0; i < times; i++) {
      assertThat(scene.wrong(scene.attempt(challenge, now))).isInstanceOf(Rejected.class);
    }
  }

  private static Challenge lasting(Challenge challenge, Duration life) {
    Instant created = challenge.lifetime().created();
    return new Challenge(
        challenge.id(),
        challenge.owner(),
        challenge.approval(),
        new Challenge.Lifetime(created, created.plus(life)),
        challenge.progress(),
        challenge.prompt());
  }

  @Nested
  class ACallWithAKey {
    private final Retry retry = new Retry(Samples.digest("key"), Samples.digest("key and code"));
    private final Retry otherCode = new Retry(retry.key(), Samples.digest("key and other code"));

    private Attempt attempt(Scene scene, Challenge challenge, Retry named, Instant now) {
      return new Attempt(
          scene.subject(), challenge.id(), scene.owner(), Samples.request(), now, named);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBAUTHN")
    void isToldTheSameApproval(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      var first = (Verified) scene.right(attempt(scene, challenge, retry, NOW));
      Attempt again = attempt(scene, challenge, retry, NOW.plusSeconds(59));
      Verification told = kind.isOutOfBand() ? scene.right(again) : scene.wrong(again);
      assertThat(told).isInstanceOf(Verified.class);
      assertThat(((Verified) told).challenge()).isEqualTo(first.challenge());
      assertThat(scene.read(challenge.id())).isEqualTo(first.challenge());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBAUTHN")
    void isCompletedAfterAMinuteWithoutTheKeyOrWithAnother(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      assertThat(scene.right(attempt(scene, challenge, retry, NOW))).isInstanceOf(Verified.class);
      refuses(scene, challenge, NOW, Reason.COMPLETED);
      var completed = new Refused(Reason.COMPLETED, Instant.MAX);
      var other = new Retry(Samples.digest("other"), Samples.digest("other and code"));
      assertThat(scene.right(attempt(scene, challenge, other, NOW))).isEqualTo(completed);
      assertThat(scene.right(attempt(scene, challenge, retry, NOW.plusSeconds(60))))
          .isEqualTo(completed);
      assertThat(scene.right(attempt(scene, challenge, otherCode, NOW)))
          .isEqualTo(new Refused(Reason.MISMATCH, Instant.MAX));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBAUTHN")
    void countsAWrongGuessOnce(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      for (int i = 0; i < 3; i++) {
        assertThat(scene.wrong(attempt(scene, challenge, retry, NOW))).isEqualTo(incorrect(4));
      }
      assertThat(scene.right(attempt(scene, challenge, otherCode, NOW)))
          .isEqualTo(new Refused(Reason.MISMATCH, Instant.MAX));
      assertThat(scene.factor().failures()).isEqualTo(new Failures(1, NOW));
      assertThat(scene.right(scene.attempt(challenge, NOW))).isInstanceOf(Verified.class);
    }

    @Test
    void isOfNoUseToAnotherPrincipal() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge challenge = scene.open(NOW);
      assertThat(scene.right(attempt(scene, challenge, retry, NOW))).isInstanceOf(Verified.class);
      var stranger =
          new Attempt(scene.subject(), challenge.id(), "x", Samples.request(), NOW, retry);
      assertThat(scene.right(stranger)).isEqualTo(new Refused(Reason.UNKNOWN, Instant.MAX));
    }

    /// All are told one approval: one write, one grant.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WEBAUTHN")
    void isOneVerdictHoweverManyAreMadeAtOnce(FactorKind kind) {
      for (int round = 0; round < Math.min(3, rounds()); round++) {
        Scene scene = Scene.enrolled(stores(), kind);
        Challenge challenge = scene.open(NOW);
        List<Verification> verdicts =
            Race.of(parallelism(), i -> scene.right(attempt(scene, challenge, retry, NOW)));
        assertThat(verdicts)
            .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verified.class))
            .extracting(verdict -> ((Verified) verdict).challenge())
            .containsOnly(scene.read(challenge.id()));
      }
    }
  }

  @Nested
  class APendingChallenge {
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isApprovedByTheRightAnswer(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Attempt attempt = scene.attempt(challenge, NOW.plusSeconds(7));
      Verification verification = scene.right(attempt);
      assertThat(verification).isInstanceOf(Verified.class);
      if (verification instanceof Verified(Challenge approved, Factor factor)) {
        assertThat(approved.progress())
            .isEqualTo(
                new Challenge.Progress(
                    Status.APPROVED, 0, NOW.plusSeconds(7), attempt.request(), null));
        assertThat(approved.approval()).isEqualTo(challenge.approval());
        assertThat(approved.lifetime()).isEqualTo(challenge.lifetime());
        assertThat(approved).isEqualTo(scene.read(challenge.id()));
        assertThat(factor).isEqualTo(scene.factor());
        assertThat(factor.times().lastUsed()).isEqualTo(NOW.plusSeconds(7));
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void countsEachWrongAnswer(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Factor.Times times = scene.factor().times();
      for (int guess = 1; guess <= GUESSES; guess++) {
        Instant now = NOW.plusSeconds(guess);
        Attempt attempt = scene.attempt(challenge, now);
        assertThat(scene.wrong(attempt)).isEqualTo(incorrect(GUESSES - guess));
        assertThat(scene.read(challenge.id()).progress())
            .isEqualTo(new Challenge.Progress(Status.PENDING, guess, now, attempt.request(), null));
        assertThat(scene.factor().failures()).isEqualTo(new Failures(guess, now));
      }
      assertThat(scene.read(challenge.id()).status(NOW.plusSeconds(6))).isEqualTo(Status.FAILED);
      assertThat(scene.factor().times()).isEqualTo(times);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void takesTheRightAnswerAfterWrongOnesAndForgetsThem(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, GUESSES - 1, NOW);
      assertThat(scene.right(scene.attempt(challenge, NOW))).isInstanceOf(Verified.class);
      assertThat(scene.factor().failures().count()).isZero();
      assertThat(scene.read(challenge.id()).progress().guesses()).isEqualTo(GUESSES - 1);
    }

    @Tag("R02")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isAnsweredUntilTheLastSecond(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Instant last = NOW.plus(LIFE).minusSeconds(1);
      assertThat(scene.wrong(scene.attempt(challenge, last))).isEqualTo(incorrect(4));
      assertThat(scene.right(scene.attempt(challenge, last))).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isNotApprovedByCountingAGuess(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      assertThat(stores().verdicts().reject(scene.attempt(challenge, NOW))).isEqualTo(incorrect(4));
      assertThat(scene.factor().failures().count()).isEqualTo(1);
    }
  }

  @Tag("R32")
  @Nested
  class ARepeatedCall {
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void recognisesTheApprovalItWrote(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Attempt attempt = scene.attempt(scene.open(NOW), NOW);
      Verification first = scene.right(attempt);
      assertThat(first).isInstanceOf(Verified.class);
      assertThat(scene.right(attempt)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void recognisesTheRejectionItWroteAndCountsNothingTwice(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      for (int guess = 1; guess <= GUESSES; guess++) {
        Attempt attempt = scene.attempt(challenge, NOW);
        assertThat(scene.wrong(attempt)).isEqualTo(incorrect(GUESSES - guess));
        assertThat(scene.wrong(attempt)).isEqualTo(incorrect(GUESSES - guess));
        assertThat(scene.read(challenge.id()).progress().guesses()).isEqualTo(guess);
        assertThat(scene.factor().failures().count()).isEqualTo(guess);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isNotJudgedAgainByAnotherAnswer(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Attempt attempt = scene.attempt(scene.open(NOW), NOW);
      assertThat(scene.wrong(attempt)).isEqualTo(incorrect(4));
      assertThat(scene.right(attempt)).isEqualTo(incorrect(4));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void meansNothingToAnotherOwner(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Attempt attempt = scene.attempt(scene.open(NOW), NOW);
      assertThat(scene.right(attempt)).isInstanceOf(Verified.class);
      var other =
          new Attempt(attempt.subject(), attempt.challenge(), "another", attempt.request(), NOW);
      assertThat(scene.right(other)).isEqualTo(Verification.refused(Reason.UNKNOWN));
    }
  }

  @Tag("R05")
  @Nested
  class AChallengeOfSomebodyElse {
    private void isUnknown(Scene scene, Attempt attempt) {
      assertThat(scene.wrong(attempt)).isEqualTo(Verification.refused(Reason.UNKNOWN));
      assertThat(scene.right(attempt)).isEqualTo(Verification.refused(Reason.UNKNOWN));
    }

    private Attempt by(Subject subject, String owner, ChallengeId challenge) {
      return new Attempt(subject, challenge, owner, Samples.request(), NOW);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isUnknownToAnotherOwnerAndUnharmed(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      isUnknown(scene, by(scene.subject(), "another", challenge.id()));
      String purpose = Purpose.ACTIVATION.owner(Samples.principal(scene.subject()));
      isUnknown(scene, by(scene.subject(), purpose, challenge.id()));
      assertThat(scene.read(challenge.id())).isEqualTo(challenge);
      assertThat(scene.factor().failures().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isUnknownToAnotherSubjectAndInAnotherTenant(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      isUnknown(scene, by(Samples.subject(), scene.owner(), challenge.id()));
      var namesake = new Subject(new Tenant("other"), scene.subject().id());
      isUnknown(scene, by(namesake, scene.owner(), challenge.id()));
      assertThat(scene.read(challenge.id())).isEqualTo(challenge);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isUnknownWhereItNeverWas(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge never = scene.challenge(Status.PENDING, NOW);
      isUnknown(scene, by(scene.subject(), scene.owner(), never.id()));
      scene.open(NOW);
      isUnknown(scene, by(scene.subject(), scene.owner(), never.id()));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isUnknownBeforeItIsAnythingElse(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, GUESSES, NOW);
      isUnknown(scene, by(scene.subject(), "another", challenge.id()));
      Challenge approved = scene.open(NOW.plusSeconds(30));
      assertThat(scene.right(scene.attempt(approved, NOW.plusSeconds(30))))
          .isInstanceOf(Verified.class);
      isUnknown(scene, by(scene.subject(), "another", approved.id()));
    }
  }

  @Nested
  class TheOrderOfAnswers {
    private static final Instant EXPIRED = NOW.plus(LIFE);

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatAnApprovedOneIsCompletedEvenOnceItIsExpired(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      assertThat(scene.right(scene.attempt(challenge, NOW))).isInstanceOf(Verified.class);
      refuses(scene, challenge, NOW, Reason.COMPLETED);
      refuses(scene, challenge, EXPIRED, Reason.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatACanceledOneIsCompletedEvenOnADelayedFactor(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      scene.fail(GUESSES, NOW);
      Challenge challenge = scene.open(NOW);
      scene.cancel(challenge, NOW);
      refuses(scene, challenge, NOW, Reason.COMPLETED);
    }

    @Tag("R02")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatItExpiredFromItsVeryEnd(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      refuses(scene, scene.open(NOW), EXPIRED, Reason.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatItExpiredBeforeThatItIsNotReady(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      refuses(scene, challenge, EXPIRED.minusSeconds(1), Reason.NOT_READY);
      refuses(scene, challenge, EXPIRED, Reason.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatItIsNotReadyBeforeThatTheFactorIsDelayed(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      scene.fail(GUESSES, NOW);
      Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      refuses(scene, challenge, NOW, Reason.NOT_READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsADelayBeforeThatGuessesAreExhaustedAndExpiryBeforeBoth(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, GUESSES, NOW);
      Instant over = NOW.plusSeconds(30);
      refuses(scene, challenge, over.minusSeconds(1), new Refused(Reason.DELAYED, over));
      refuses(scene, challenge, over, Reason.EXHAUSTED);
      refuses(scene, challenge, EXPIRED.minusSeconds(1), Reason.EXHAUSTED);
      refuses(scene, challenge, EXPIRED, Reason.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatTheFactorIsDisabledBeforeThatGuessesAreExhausted(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Failures before = scene.fail(Failures.DISABLED_AT - GUESSES, NOW);
      Instant now = before.delayedUntil();
      Challenge challenge =
          scene.open(lasting(scene.challenge(Status.PENDING, now), Duration.ofDays(1)), now);
      for (int i = 0; i < GUESSES; i++) {
        assertThat(scene.wrong(scene.attempt(challenge, now)))
            .isEqualTo(incorrect(GUESSES - 1 - i));
        now = now.plus(Duration.ofHours(1));
      }
      refuses(scene, challenge, now, Reason.DISABLED);
    }
  }

  @Tag("R04")
  @Nested
  class FailuresOfAFactor {
    private static final List<Integer> DELAYS =
        List.of(30, 60, 120, 240, 480, 960, 1920, 3600, 3600);

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void delayItLongerEachTimeAndToTheSecond(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Failures failures = scene.fail(Failures.FIRST_DELAYED, NOW);
      for (int seconds : DELAYS) {
        Instant until = failures.last().plusSeconds(seconds);
        Challenge challenge = scene.open(until.minusSeconds(1));
        refuses(scene, challenge, until.minusSeconds(1), new Refused(Reason.DELAYED, until));
        assertThat(scene.wrong(scene.attempt(challenge, until))).isEqualTo(incorrect(4));
        assertThat(scene.factor().failures()).isEqualTo(new Failures(failures.count() + 1, until));
        failures = scene.factor().failures();
      }
      assertThat(failures.count()).isEqualTo(Failures.FIRST_DELAYED + DELAYS.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void areForgottenByASuccessAfterTheDelay(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Instant until = scene.fail(8, NOW).delayedUntil();
      Challenge challenge = scene.open(until);
      assertThat(scene.right(scene.attempt(challenge, until))).isInstanceOf(Verified.class);
      assertThat(scene.factor().failures().count()).isZero();
      Challenge next = scene.open(until);
      guessWrong(scene, next, GUESSES, until);
      refuses(scene, next, until, new Refused(Reason.DELAYED, until.plusSeconds(30)));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void disableItAtTheFiftieth(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Instant until = scene.fail(Failures.DISABLED_AT - 1, NOW).delayedUntil();
      Challenge challenge = scene.open(until);
      assertThat(scene.wrong(scene.attempt(challenge, until))).isEqualTo(incorrect(4));
      refuses(scene, challenge, until, Reason.DISABLED);
      Instant later = until.plus(Duration.ofDays(30));
      refuses(scene, scene.open(later), later, Reason.DISABLED);
      assertThat(scene.factor().isUsable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void leaveTheLastGuessBeforeThatOpen(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Instant until = scene.fail(Failures.DISABLED_AT - 1, NOW).delayedUntil();
      assertThat(scene.right(scene.attempt(scene.open(until), until))).isInstanceOf(Verified.class);
      assertThat(scene.factor().failures().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void surviveNewChallengesAndCanceledOnes(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      for (int i = 1; i <= GUESSES; i++) {
        Challenge challenge = scene.open(NOW);
        guessWrong(scene, challenge, 1, NOW);
        scene.cancel(challenge, NOW);
        assertThat(scene.factor().failures().count()).isEqualTo(i);
      }
      Challenge next = scene.open(NOW);
      refuses(scene, next, NOW, new Refused(Reason.DELAYED, NOW.plusSeconds(30)));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void areNotThoseOfAnotherFactor(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Scene other = scene.another(kind);
      scene.fail(GUESSES, NOW);
      Challenge challenge = other.open(NOW);
      assertThat(other.right(other.attempt(challenge, NOW))).isInstanceOf(Verified.class);
      assertThat(scene.factor().failures().count()).isEqualTo(GUESSES);
    }
  }

  @Nested
  class ASentCode {
    private Challenge renewed(Scene scene, Challenge challenge) {
      return stores()
          .challenges()
          .renew(scene.subject(), challenge, Scene.answer(challenge.id(), 2), NOW)
          .orElseThrow();
    }

    @Tag("R06")
    @Test
    void isWrongOnceAnotherWasSentWhichIsRight() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge challenge = scene.open(NOW);
      renewed(scene, challenge);
      assertThat(scene.right(scene.attempt(challenge, NOW))).isEqualTo(incorrect(4));
      String second = Scene.answer(challenge.id(), 2);
      assertThat(stores().verdicts().judge(scene.attempt(challenge, NOW), second))
          .isInstanceOf(Verified.class);
    }

    @Tag("R04")
    @Test
    void givesNoNewGuessesWhenSentAgain() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, 3, NOW);
      assertThat(renewed(scene, challenge).attemptsLeft()).isEqualTo(2);
      assertThat(scene.wrong(scene.attempt(challenge, NOW))).isEqualTo(incorrect(1));
      assertThat(scene.factor().failures().count()).isEqualTo(4);
    }

    @Tag("R05")
    @Test
    void isWrongForAnyOtherChallenge() {
      Scene scene = Scene.enrolled(stores(), FactorKind.EMAIL);
      Challenge first = scene.open(NOW);
      Challenge second = scene.open(NOW);
      String answer = Scene.answer(first.id(), 1);
      assertThat(stores().verdicts().judge(scene.attempt(second, NOW), answer))
          .isEqualTo(incorrect(4));
      refuses(scene, first, NOW, Reason.COMPLETED);
    }

    @Test
    void isRightFromTheMomentTheChallengeStarts() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      String answer = Scene.answer(challenge.id(), 1);
      assertThat(stores().challenges().start(scene.subject(), challenge.id(), answer, NOW))
          .isTrue();
      assertThat(scene.right(scene.attempt(challenge, NOW))).isInstanceOf(Verified.class);
    }
  }

  @Tag("R10")
  @Nested
  class ATimeStep {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
    private final long step = TotpParameters.USUAL.stepAt(NOW);

    private Verification accept(TotpUse use) {
      return stores().verdicts().accept(scene.attempt(scene.open(NOW), NOW), use);
    }

    private TotpProgress progress() {
      return scene.factor().credential() instanceof Totp totp ? totp.progress() : TotpProgress.NEW;
    }

    @Test
    void isKeptWithItsDigitsAndWhoUsedIt() {
      int drift = progress().drift();
      assertThat(accept(scene.use(step))).isInstanceOf(Verified.class);
      assertThat(progress())
          .isEqualTo(new TotpProgress(step, scene.use(step).digest(), scene.owner(), drift));
    }

    @Test
    void isAcceptedOnceAndNeverAnEarlierOne() {
      accept(scene.use(step));
      Factor factor = scene.factor();
      assertThat(accept(scene.use(step))).isEqualTo(new Overtaken(factor));
      assertThat(accept(scene.use(step - 1))).isEqualTo(new Overtaken(factor));
      assertThat(scene.factor()).isEqualTo(factor);
    }

    @Test
    void isAcceptedAfterAnEarlierOne() {
      assertThat(accept(scene.use(step))).isInstanceOf(Verified.class);
      assertThat(accept(scene.use(step + 1))).isInstanceOf(Verified.class);
    }

    @Test
    void isRefusedForTwoMoreStepsWithTheSameDigits() {
      TotpUse use = scene.use(step);
      accept(use);
      assertThat(accept(new TotpUse(step + 1, use.digest()))).isInstanceOf(Overtaken.class);
      assertThat(accept(new TotpUse(step + 2, use.digest()))).isInstanceOf(Overtaken.class);
    }

    @Test
    void isAcceptedWithTheSameDigitsThreeStepsLater() {
      TotpUse use = scene.use(step);
      accept(use);
      assertThat(accept(new TotpUse(step + 3, use.digest()))).isInstanceOf(Verified.class);
    }

    @Test
    void leavesTheChallengeOpenWhenItIsRefused() {
      accept(scene.use(step));
      Challenge challenge = scene.open(NOW);
      assertThat(scene.right(scene.attempt(challenge, NOW))).isInstanceOf(Overtaken.class);
      assertThat(scene.read(challenge.id())).isEqualTo(challenge);
      assertThat(scene.wrong(scene.attempt(challenge, NOW))).isEqualTo(incorrect(4));
    }

    @Test
    void isNotLookedAtWhileTheFactorIsDelayed() {
      accept(scene.use(step));
      scene.fail(GUESSES, NOW);
      assertThat(accept(scene.use(step)))
          .isEqualTo(new Refused(Reason.DELAYED, NOW.plusSeconds(30)));
    }
  }

  @Nested
  class TwoLiveChallengesOfAnApp {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
    private final Challenge first = scene.open(NOW);
    private final Challenge second = scene.open(NOW);

    @Test
    void areBothAnswerable() {
      assertThat(scene.right(scene.attempt(second, NOW))).isInstanceOf(Verified.class);
      Instant next = NOW.plusSeconds(30);
      assertThat(scene.right(scene.attempt(first, next))).isInstanceOf(Verified.class);
    }

    @Test
    void shareTheFailuresAndNotTheGuesses() {
      guessWrong(scene, first, 3, NOW);
      assertThat(scene.wrong(scene.attempt(second, NOW))).isEqualTo(incorrect(4));
      assertThat(scene.wrong(scene.attempt(second, NOW))).isEqualTo(incorrect(3));
      var delayed = new Refused(Reason.DELAYED, NOW.plusSeconds(30));
      refuses(scene, first, NOW, delayed);
      refuses(scene, second, NOW, delayed);
    }

    @Test
    void areNotApprovedByOneStep() {
      assertThat(scene.right(scene.attempt(first, NOW))).isInstanceOf(Verified.class);
      assertThat(scene.right(scene.attempt(second, NOW))).isInstanceOf(Overtaken.class);
    }
  }

  /// How often right answers race.
  protected int approvalRounds() {
    return rounds();
  }

  @Nested
  class ManyAtOnce {
    /// An e-mail's code is written as an SMS's.
    @Tag("R03")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS"})
    void approveOnceByTheRightAnswer(FactorKind kind) {
      for (int round = 0; round < approvalRounds(); round++) {
        Scene scene = Scene.enrolled(stores(), kind);
        Challenge challenge = scene.open(NOW);
        List<Verification> all =
            Race.of(parallelism(), i -> scene.right(scene.attempt(challenge, NOW)));
        assertThat(all).filteredOn(Verified.class::isInstance).hasSize(1);
        assertThat(all)
            .filteredOn(v -> !(v instanceof Verified))
            .containsOnly(Verification.refused(Reason.COMPLETED));
      }
    }

    @Tag("R04")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void areJudgedFiveTimes(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), kind);
        judgesFive(scene, List.of(scene.open(NOW)), parallelism());
      }
    }

    @Tag("R04")
    @Test
    void areJudgedFiveTimesOverTwoLiveChallenges() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
        judgesFive(scene, List.of(scene.open(NOW), scene.open(NOW)), parallelism());
        assertThat(scene.factor().failures().count()).isEqualTo(GUESSES);
      }
    }

    @Tag("R04")
    @Test
    void areJudgedOnceMoreAfterEachDelay() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
        Instant until = scene.fail(7, NOW).delayedUntil();
        Challenge challenge = scene.open(until);
        List<Verification> all =
            Race.of(parallelism(), i -> scene.wrong(scene.attempt(challenge, until)));
        assertThat(all).filteredOn(VerdictsContract::isVerdict).hasSize(1);
        assertThat(scene.factor().failures().count()).isEqualTo(8);
      }
    }

    @Tag("R03")
    @Test
    void useAStepOnceOverTwoLiveChallenges() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
        List<Challenge> live = List.of(scene.open(NOW), scene.open(NOW));
        List<Verification> all =
            Race.of(parallelism(), i -> scene.right(scene.attempt(live.get(i % 2), NOW)));
        assertThat(all).filteredOn(Verified.class::isInstance).hasSize(1);
        assertThat(scene.factor().failures().count()).isZero();
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void repeatOneCallWithoutCountingItTwice(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), kind);
        Attempt attempt = scene.attempt(scene.open(NOW), NOW);
        assertThat(Race.of(parallelism(), i -> scene.wrong(attempt))).containsOnly(incorrect(4));
        assertThat(scene.factor().failures().count()).isEqualTo(1);
      }
    }
  }

  /// However many guess at once, five are judged: fewer would be a loss, more a leak. The right
  /// answer comes last, when nothing may be judged any more.
  static void judgesFive(Scene scene, List<Challenge> live, int callers) {
    List<Verification> all =
        Race.of(
            callers,
            i -> {
              Attempt attempt = scene.attempt(live.get(i % live.size()), NOW);
              return i == callers - 1 ? scene.right(attempt) : scene.wrong(attempt);
            });
    assertThat(all).filteredOn(VerdictsContract::isVerdict).hasSize(GUESSES);
    int counted = live.stream().mapToInt(c -> scene.read(c.id()).progress().guesses()).sum();
    assertThat(counted).isEqualTo(GUESSES);
  }

  private static boolean isVerdict(Verification verification) {
    return verification instanceof Verified || verification instanceof Rejected;
  }
}
