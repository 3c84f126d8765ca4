package dev.stile.challenge;

import static dev.stile.challenge.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Activations.Pending;
import dev.stile.challenge.Activations.Proof;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Instant LATE = NOW.plusSeconds(300);
  private static final Failures DELAYED = new Failures(6, NOW.minusSeconds(1));
  private static final Failures DISABLED = new Failures(50, NOW.minusSeconds(90_000));

  /// Each line breaks one condition more than the one below it; the answer is that of the first
  /// that is broken, in the order of the API.
  @Nested
  class OfAVerdict {
    private final Progress exhausted = new Progress(Status.PENDING, 5, NOW, "other", null);
    private final Progress ended = new Progress(Status.APPROVED, 5, NOW, "other", null);
    private final Progress requested = new Progress(Status.REQUESTED, 5, NOW, "other", null);

    @Test
    void toldToStrangersIsNothing() {
      assertRefused("stranger", ended, DISABLED, LATE, Reason.UNKNOWN);
      var own = new Progress(Status.APPROVED, 0, NOW, "request", null);
      assertRefused("stranger", own, Failures.NONE, NOW, Reason.UNKNOWN);
    }

    @Test
    void isFirstThatTheChallengeEnded() {
      assertRefused("owner", ended, DISABLED, LATE, Reason.COMPLETED);
      for (Status status : List.of(Status.DENIED, Status.CANCELED, Status.BLOCKED)) {
        assertRefused("owner", Progress.of(status), DISABLED, LATE, Reason.COMPLETED);
      }
    }

    @Test
    void isThenThatItExpired() {
      assertRefused("owner", requested, DISABLED, LATE, Reason.EXPIRED);
      assertRefused("owner", exhausted, DISABLED, LATE, Reason.EXPIRED);
    }

    @Test
    void isThenThatItIsNotReady() {
      assertRefused("owner", requested, DISABLED, NOW, Reason.NOT_READY);
    }

    @Test
    void isThenThatTheFactorIsDisabledOrDelayed() {
      assertRefused("owner", exhausted, DISABLED, NOW, Reason.DISABLED);
      assertThat(explain("owner", exhausted, DELAYED, NOW))
          .isEqualTo(new Verification.Refused(Reason.DELAYED, NOW.plusSeconds(59)));
    }

    @Test
    void isLastThatTheGuessesAreExhausted() {
      assertRefused("owner", exhausted, Failures.NONE, NOW, Reason.EXHAUSTED);
      assertRefused("owner", exhausted, DELAYED, NOW.plusSeconds(59), Reason.EXHAUSTED);
    }

    @Test
    void isThatItWasOvertakenWhereNothingIsBroken() {
      var progress = Progress.of(Status.PENDING);
      assertThat(explain("owner", progress, Failures.NONE, LATE.minusMillis(1)))
          .isInstanceOf(Verification.Overtaken.class);
    }

    /// The SDK repeats a call whose answer was lost; it finds its own write and answers as it did.
    @Test
    void isTheSameForARepeatedCall() {
      var approved = new Progress(Status.APPROVED, 0, NOW, "request", null);
      assertThat(explain("owner", approved, Failures.NONE, NOW))
          .isInstanceOf(Verification.Verified.class);
      var counted = new Progress(Status.PENDING, 2, NOW, "request", null);
      assertThat(explain("owner", counted, new Failures(2, NOW), NOW))
          .isEqualTo(new Verification.Rejected(3, Verification.Cause.INCORRECT));
      var fifth = new Progress(Status.PENDING, 5, NOW, "request", null);
      assertThat(explain("owner", fifth, new Failures(5, NOW), NOW))
          .isEqualTo(new Verification.Rejected(0, Verification.Cause.INCORRECT));
    }

    private void assertRefused(
        String owner, Progress progress, Failures failures, Instant now, Reason reason) {
      assertThat(explain(owner, progress, failures, now))
          .isEqualTo(new Verification.Refused(reason, Instant.MAX));
    }

    private Verification explain(String owner, Progress progress, Failures failures, Instant now) {
      var challenge = Samples.challenge(FactorKind.SMS, NOW, progress);
      var attempt = new Attempt(Samples.ANN, challenge.id(), owner, "request", now);
      Factor factor = Samples.factor(FactorState.ACTIVE, failures);
      return Verdicts.explain(attempt, challenge, factor);
    }
  }

  @Nested
  class OfAnActivation {
    private final Factor pending = Samples.factor(FactorState.PENDING, Failures.NONE);
    private final Factor disabled = Samples.factor(FactorState.PENDING, DISABLED);
    private final Factor delayed = Samples.factor(FactorState.PENDING, DELAYED);
    private final Challenge open = Samples.challenge(Status.PENDING);

    @Test
    void isFirstThatTheFactorIsGoneOrActive() {
      assertThat(explain(null, open, "owner", NOW)).isEqualTo(refused(Reason.UNKNOWN));
      Factor active = Samples.factor(FactorState.ACTIVE, DISABLED);
      assertThat(explain(active, open, "stranger", LATE)).isEqualTo(refused(Reason.COMPLETED));
    }

    @Test
    void isThenThatTheEnrollmentLapsed() {
      Instant lapsed = NOW.plusSeconds(600);
      assertThat(explain(disabled, open, "stranger", lapsed)).isEqualTo(refused(Reason.EXPIRED));
      assertThat(explain(disabled, null, "owner", lapsed)).isEqualTo(refused(Reason.EXPIRED));
      assertThat(explain(disabled, null, "owner", lapsed.minusMillis(1)))
          .isEqualTo(refused(Reason.DISABLED));
    }

    @Test
    void isThenWhatAVerdictOnItsChallengeWouldBe() {
      assertThat(explain(disabled, open, "stranger", NOW)).isEqualTo(refused(Reason.UNKNOWN));
      assertThat(explain(disabled, open, "owner", LATE)).isEqualTo(refused(Reason.EXPIRED));
      assertThat(explain(disabled, open, "owner", NOW)).isEqualTo(refused(Reason.DISABLED));
      var requested = Samples.challenge(Status.REQUESTED);
      assertThat(explain(pending, requested, "owner", NOW)).isEqualTo(refused(Reason.NOT_READY));
      var exhausted =
          Samples.challenge(
              FactorKind.SMS, NOW, new Progress(Status.PENDING, 5, NOW, "other", null));
      assertThat(explain(pending, exhausted, "owner", NOW)).isEqualTo(refused(Reason.EXHAUSTED));
    }

    @Test
    void isThatAnAppIsDelayedOrDisabled() {
      assertThat(explain(delayed, null, "owner", NOW))
          .isEqualTo(new Activation.Refused(Reason.DELAYED, NOW.plusSeconds(59)));
      assertThat(explain(disabled, null, "owner", NOW)).isEqualTo(refused(Reason.DISABLED));
    }

    private Activation explain(
        @Nullable Factor found, @Nullable Challenge challenge, String owner, Instant now) {
      var proof = new Proof(Samples.ANN, new Pending(pending, challenge, null), owner, null, now);
      return Activations.explain(proof, found, challenge);
    }

    private Activation refused(Reason reason) {
      return new Activation.Refused(reason, Instant.MAX);
    }
  }
}
