package dev.stile.testing;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.subject.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A subject with a proven factor, and what can be done with it through the ports alone.
public record Scene(Stores stores, Subject subject, FactorId id, FactorKind kind) {
  /// A new subject with one factor.
  public static Scene enrolled(Stores stores, FactorKind kind) {
    return of(Enrollment.of(stores), kind);
  }

  /// A further factor of the same subject.
  public Scene another(FactorKind kind) {
    return of(new Enrollment(stores, subject), kind);
  }

  private static Scene of(Enrollment enrollment, FactorKind kind) {
    FactorId id = enrollment.active(kind).id();
    return new Scene(enrollment.stores(), enrollment.subject(), id, kind);
  }

  /// What ties the challenges of this subject to their principal.
  public String owner() {
    return Purpose.STEP_UP.owner(Samples.principal(subject));
  }

  /// A challenge that is not opened yet.
  public Challenge challenge(Status status, Instant now) {
    return Samples.challenge(id, kind, owner(), status, now);
  }

  /// A challenge that waits for its answer.
  public Challenge open(Instant now) {
    return open(challenge(Status.PENDING, now), now);
  }

  public Challenge open(Challenge challenge, Instant now) {
    if (tryOpen(challenge, now) instanceof Opening.Opened(Challenge opened)) {
      return opened;
    }
    throw new AssertionError("a challenge could not be opened");
  }

  public Opening tryOpen(Challenge challenge, Instant now) {
    boolean answerable = kind.isOutOfBand() && challenge.progress().status() == Status.PENDING;
    String answer = answerable ? answer(challenge.id(), 1) : null;
    return stores.challenges().open(subject, challenge, answer, now);
  }

  /// The stored digest of one generation's code.
  public static String answer(ChallengeId challenge, int generation) {
    return Samples.digest("answer", challenge.text(), generation);
  }

  /// One call with an answer.
  public Attempt attempt(Challenge challenge, Instant now) {
    return new Attempt(subject, challenge.id(), owner(), Samples.request(), now);
  }

  /// Answers right: with the first code that was sent, or with the step that the clock shows.
  public Verification right(Attempt attempt) {
    return kind.isOutOfBand()
        ? stores.verdicts().judge(attempt, answer(attempt.challenge(), 1))
        : stores.verdicts().accept(attempt, use(TotpParameters.USUAL.stepAt(attempt.now())));
  }

  /// A step with digits of its own.
  public TotpUse use(long step) {
    return new TotpUse(step, Samples.digest("digits", subject.id(), step));
  }

  public Verification wrong(Attempt attempt) {
    return kind.isOutOfBand()
        ? stores.verdicts().judge(attempt, Samples.digest("wrong", attempt.request()))
        : stores.verdicts().reject(attempt);
  }

  public void cancel(Challenge challenge, Instant now) {
    if (stores.challenges().cancel(subject, challenge.id(), owner(), null, now).isEmpty()) {
      throw new AssertionError("a challenge could not be canceled");
    }
  }

  /// Guesses wrong so often in a row, each time as soon as it is admitted, on new challenges where
  /// the last one has ended.
  public Failures fail(int times, Instant from) {
    Instant now = from;
    Challenge challenge = null;
    for (int i = 0; i < times; i++) {
      Instant admitted = factor().failures().delayedUntil();
      now = admitted.isAfter(now) ? admitted : now;
      challenge = live(challenge, now);
      Verification verification = wrong(attempt(challenge, now));
      if (!(verification instanceof Verification.Rejected)) {
        throw new AssertionError("a wrong guess was not counted: " + verification);
      }
    }
    return factor().failures();
  }

  private Challenge live(@Nullable Challenge last, Instant now) {
    if (last != null) {
      Challenge found = read(last.id());
      if (found.isLive(now)) {
        return found;
      }
    }
    return open(now);
  }

  /// The factor as it is now.
  public Factor factor() {
    return new Enrollment(stores, subject).factor(id);
  }

  /// A challenge as it is now.
  public Challenge read(ChallengeId challenge) {
    return stores
        .challenges()
        .find(subject, challenge)
        .orElseThrow(() -> new AssertionError("the challenge is gone"));
  }
}
