package dev.stile.challenge;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Refused;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.subject.Subject;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of verdicts that bring their challenge does, whatever it is made of.
public abstract class DirectVerdictsContract extends StoreContract {
  private static final int GUESSES = 5;

  protected abstract DirectVerdicts direct();

  private Scene scene() {
    return Scene.enrolled(stores(), FactorKind.TOTP);
  }

  private static Challenge asked(Scene scene, Instant now) {
    return scene.challenge(Status.PENDING, now);
  }

  private Verification right(Scene scene, Instant now) {
    Challenge asked = asked(scene, now);
    return direct()
        .accept(scene.attempt(asked, now), asked, scene.use(TotpParameters.USUAL.stepAt(now)));
  }

  private Verification wrong(Scene scene, Instant now) {
    Challenge asked = asked(scene, now);
    return direct().reject(scene.attempt(asked, now), asked);
  }

  @Nested
  class ARightAnswer {
    @Test
    void leavesAnApprovedChallengeAndAUsedStep() {
      Scene scene = scene();
      Challenge asked = asked(scene, NOW);
      Attempt attempt = scene.attempt(asked, NOW);
      long step = TotpParameters.USUAL.stepAt(NOW);
      Verification verification = direct().accept(attempt, asked, scene.use(step));
      Challenge kept = scene.read(asked.id());
      Factor factor = scene.factor();
      assertThat(verification).isEqualTo(new Verified(kept, factor));
      assertThat(kept)
          .isEqualTo(
              asked.with(new Challenge.Progress(Status.APPROVED, 0, NOW, attempt.request(), null)));
      assertThat(factor.times().lastUsed()).isEqualTo(NOW);
      assertThat(factor.failures()).isEqualTo(Failures.NONE);
      assertThat(((Totp) factor.credential()).progress().lastStep()).isEqualTo(step);
      assertThat(((Totp) factor.credential()).progress().lastPrincipal()).isEqualTo(scene.owner());
    }

    @Test
    void forgetsTheWrongOnesBeforeIt() {
      Scene scene = scene();
      scene.fail(GUESSES - 1, NOW);
      assertThat(right(scene, NOW)).isInstanceOf(Verified.class);
      assertThat(scene.factor().failures()).isEqualTo(Failures.NONE);
    }

    @Test
    void isOvertakenWhereItsStepIsUsed() {
      Scene scene = scene();
      assertThat(right(scene, NOW)).isInstanceOf(Verified.class);
      Challenge asked = asked(scene, NOW);
      Factor before = scene.factor();
      Verification verification =
          direct()
              .accept(
                  scene.attempt(asked, NOW), asked, scene.use(TotpParameters.USUAL.stepAt(NOW)));
      assertThat(verification).isEqualTo(new Overtaken(before));
      assertThat(stores().challenges().find(scene.subject(), asked.id())).isEmpty();
    }

    /// The SDK repeats a call whose answer was lost: the first one's write is its own.
    @Test
    void isTheSameVerdictWhenItIsRepeated() {
      Scene scene = scene();
      Challenge asked = asked(scene, NOW);
      Attempt attempt = scene.attempt(asked, NOW);
      var use = scene.use(TotpParameters.USUAL.stepAt(NOW));
      Verification first = direct().accept(attempt, asked, use);
      assertThat(first).isInstanceOf(Verified.class);
      assertThat(direct().accept(attempt, asked, use)).isEqualTo(first);
    }

    @Test
    void cannotBeAnsweredAgain() {
      Scene scene = scene();
      Challenge asked = asked(scene, NOW);
      assertThat(
              direct()
                  .accept(
                      scene.attempt(asked, NOW),
                      asked,
                      scene.use(TotpParameters.USUAL.stepAt(NOW))))
          .isInstanceOf(Verified.class);
      Instant later = NOW.plusSeconds(90);
      assertThat(scene.right(scene.attempt(asked, later)))
          .isEqualTo(new Refused(Reason.COMPLETED, Instant.MAX));
    }
  }

  @Nested
  class AWrongAnswer {
    @Test
    void countsForTheFactorAndLeavesAFailedChallenge() {
      Scene scene = scene();
      Challenge asked = asked(scene, NOW);
      Attempt attempt = scene.attempt(asked, NOW);
      assertThat(direct().reject(attempt, asked)).isEqualTo(new Rejected(0, Cause.INCORRECT));
      assertThat(scene.factor().failures()).isEqualTo(new Failures(1, NOW));
      assertThat(scene.read(asked.id()).status(NOW)).isEqualTo(Status.FAILED);
      assertThat(scene.read(asked.id()).attemptsLeft()).isZero();
      assertThat(scene.right(scene.attempt(asked, NOW)))
          .isEqualTo(new Refused(Reason.EXHAUSTED, Instant.MAX));
      assertThat(direct().reject(attempt, asked)).isEqualTo(new Rejected(0, Cause.INCORRECT));
      assertThat(scene.factor().failures()).isEqualTo(new Failures(1, NOW));
    }

    @Test
    void delaysTheFactorWithThoseOfOtherChallenges() {
      Scene scene = scene();
      scene.fail(GUESSES - 1, NOW);
      assertThat(wrong(scene, NOW)).isInstanceOf(Rejected.class);
      var delayed = new Refused(Reason.DELAYED, NOW.plusSeconds(30));
      Factor before = scene.factor();
      assertThat(right(scene, NOW.plusSeconds(29))).isEqualTo(delayed);
      assertThat(wrong(scene, NOW.plusSeconds(29))).isEqualTo(delayed);
      assertThat(scene.factor()).isEqualTo(before);
      assertThat(right(scene, NOW.plusSeconds(30))).isInstanceOf(Verified.class);
    }

    @Test
    void disablesTheFactorInTheEnd() {
      Scene scene = scene();
      Failures failures = scene.fail(Failures.DISABLED_AT - 1, NOW);
      Instant now = failures.delayedUntil();
      assertThat(wrong(scene, now)).isInstanceOf(Rejected.class);
      assertThat(right(scene, now.plusSeconds(86_400)))
          .isEqualTo(new Refused(Reason.DISABLED, Instant.MAX));
    }
  }

  @Nested
  class OnItsFactor {
    @Test
    void takesNoPlaceAmongTheLive() {
      Scene scene = scene();
      List<Challenge> live = new ArrayList<>();
      for (int i = 0; i < Slots.MAX_LIVE; i++) {
        live.add(scene.open(NOW));
      }
      assertThat(wrong(scene, NOW)).isInstanceOf(Rejected.class);
      assertThat(right(scene, NOW)).isInstanceOf(Verified.class);
      assertThat(live).allSatisfy(c -> assertThat(scene.read(c.id()).isLive(NOW)).isTrue());
    }

    @Test
    void makesRoomSoThatTheItemStaysSmall() {
      Scene scene = scene();
      Challenge live = scene.open(NOW);
      List<ChallengeId> ended = new ArrayList<>();
      for (int i = 0; i < 2 * Slots.MAX_ENTRIES; i++) {
        Challenge asked = asked(scene, NOW.plusSeconds(i));
        Attempt attempt = scene.attempt(asked, NOW.plusSeconds(i));
        var use = scene.use(TotpParameters.USUAL.stepAt(NOW) + i);
        assertThat(direct().accept(attempt, asked, use)).isInstanceOf(Verified.class);
        ended.add(asked.id());
      }
      List<ChallengeId> kept =
          ended.stream()
              .filter(id -> stores().challenges().find(scene.subject(), id).isPresent())
              .toList();
      assertThat(kept).isEqualTo(ended.subList(ended.size() - Slots.MAX_ENTRIES + 1, ended.size()));
      assertThat(scene.read(live.id())).isEqualTo(live);
    }

    @Test
    void judgesNothingOnceItIsGone() {
      Scene scene = scene();
      scene.another(FactorKind.SMS);
      assertThat(stores().factors().remove(scene.subject(), scene.id(), Samples.grant(), NOW))
          .isEqualTo(Factors.Change.DONE);
      assertThat(wrong(scene, NOW)).isEqualTo(new Refused(Reason.UNKNOWN, Instant.MAX));
      assertThat(right(scene, NOW)).isEqualTo(new Refused(Reason.UNKNOWN, Instant.MAX));
      Scene unknown =
          new Scene(stores(), scene.subject(), FactorId.random(Samples.IDS), FactorKind.TOTP);
      assertThat(right(unknown, NOW)).isEqualTo(new Refused(Reason.UNKNOWN, Instant.MAX));
    }
  }

  @Nested
  class OnADecoy {
    private final Factor decoy = Samples.decoy();
    private final Subject nobody = Samples.subject();
    private final Scene scene = new Scene(stores(), nobody, decoy.id(), FactorKind.TOTP);

    private Verification reject(Instant now) {
      Challenge asked = asked(scene, now);
      return direct().rejectDecoy(scene.attempt(asked, now), asked, decoy);
    }

    @Test
    void keepsTheDecoyAndTheWrongAnswer() {
      Challenge asked = asked(scene, NOW);
      assertThat(direct().rejectDecoy(scene.attempt(asked, NOW), asked, decoy))
          .isInstanceOf(Rejected.class);
      assertThat(scene.read(asked.id()).status(NOW)).isEqualTo(Status.FAILED);
      assertThat(stores().factors().account(nobody).decoy()).isEqualTo(decoy.failed(NOW));
      assertThat(stores().factors().account(nobody).factors()).isEmpty();
    }

    @Test
    void isNeverRight() {
      assertThat(right(scene, NOW)).isEqualTo(new Refused(Reason.UNKNOWN, Instant.MAX));
      assertThat(reject(NOW)).isInstanceOf(Rejected.class);
      assertThat(right(scene, NOW)).isInstanceOf(Overtaken.class);
    }

    @Test
    void isDelayedAfterFiveHoweverManyAnswerAtOnce() {
      for (int round = 0; round < Math.min(3, rounds()); round++) {
        var racing = new OnADecoy();
        List<Verification> verdicts = Race.of(parallelism(), i -> racing.reject(NOW));
        assertThat(verdicts).filteredOn(v -> v instanceof Rejected).hasSize(GUESSES);
        assertThat(stores().factors().account(racing.nobody).decoy())
            .extracting(Factor::failures)
            .isEqualTo(new Failures(GUESSES, NOW));
      }
    }
  }

  @Nested
  class InARace {
    @Tag("R03")
    @Test
    void oneStepIsAcceptedOnce() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = scene();
        List<Verification> verdicts = Race.of(parallelism(), i -> right(scene, NOW));
        assertThat(verdicts).filteredOn(v -> v instanceof Verified).hasSize(1);
        assertThat(verdicts)
            .filteredOn(v -> !(v instanceof Verified))
            .allMatch(v -> v instanceof Overtaken);
      }
    }

    /// Half of them on a challenge that is there, so that both kinds of verdict meet.
    @Test
    void fiveWrongAnswersAreJudged() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = scene();
        Challenge open = scene.open(NOW);
        List<Verification> verdicts =
            Race.of(
                parallelism(),
                i -> i % 2 == 0 ? wrong(scene, NOW) : scene.wrong(scene.attempt(open, NOW)));
        assertThat(verdicts).filteredOn(v -> v instanceof Rejected).hasSize(GUESSES);
        assertThat(scene.factor().failures()).isEqualTo(new Failures(GUESSES, NOW));
      }
    }
  }
}
