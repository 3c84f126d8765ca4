package dev.stile.challenge;

import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Factor;
import dev.stile.factor.Failures;
import java.util.Objects;

/// The writes that decide. Each judges, counts and ends in one conditional write under one full
/// condition: the challenge is pending, belongs to the owner, has not expired, has guesses left,
/// and its factor is neither delayed nor disabled. No verdict exists without its write.
public interface Verdicts {
  /// Judges a code that was sent, by the digest of what was typed. Reads nothing before its write.
  Verification judge(Attempt attempt, String answerDigest);

  /// Approves by a time step found right beforehand, unless that step or its digits were used
  /// meanwhile.
  Verification accept(Attempt attempt, TotpUse use);

  /// Counts a wrong guess.
  Verification reject(Attempt attempt);

  /// A time step about to be used, and the keyed digest of its digits.
  record TotpUse(long step, String digest) {}

  /// The verdict that the same call got before. With another code it is not the same call.
  private static Verification again(Attempt attempt, Challenge found, Factor factor) {
    if (!Objects.equals(attempt.retry(), found.progress().retry())) {
      return Verification.refused(Reason.MISMATCH);
    }
    return found.progress().status() == Status.APPROVED
        ? new Verification.Verified(found, factor)
        : new Verification.Rejected(found.attemptsLeft(), Verification.Cause.INCORRECT);
  }

  /// Why a write's condition did not hold, told from the state that it found, in the order of the
  /// API's answers. The same for right and wrong codes: it never sees one.
  static Verification explain(Attempt attempt, Challenge found, Factor factor) {
    Challenge.Progress progress = found.progress();
    if (!found.owner().equals(attempt.owner())) {
      return Verification.refused(Reason.UNKNOWN);
    }
    if (attempt.request().equals(progress.lastRequest())) {
      return progress.status() == Status.APPROVED
          ? new Verification.Verified(found, factor)
          : new Verification.Rejected(found.attemptsLeft(), Verification.Cause.INCORRECT);
    }
    if (Retry.isOf(attempt.retry(), progress, attempt.now())) {
      return again(attempt, found, factor);
    }
    if (progress.status().isTerminal()) {
      return Verification.refused(Reason.COMPLETED);
    }
    if (found.lifetime().expired(attempt.now())) {
      return Verification.refused(Reason.EXPIRED);
    }
    if (progress.status() == Status.REQUESTED) {
      return Verification.refused(Reason.NOT_READY);
    }
    Failures failures = factor.failures();
    if (failures.disabled()) {
      return Verification.refused(Reason.DISABLED);
    }
    if (!failures.admitsGuess(attempt.now())) {
      return new Verification.Refused(Reason.DELAYED, failures.delayedUntil());
    }
    if (progress.guesses() >= Challenge.MAX_GUESSES) {
      return Verification.refused(Reason.EXHAUSTED);
    }
    return new Verification.Overtaken(factor);
  }
}
