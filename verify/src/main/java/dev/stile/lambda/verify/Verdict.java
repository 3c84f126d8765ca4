package dev.stile.lambda.verify;

import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Reason;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import java.time.Instant;

/// Refusals and wrong answers as the API tells them.
final class Verdict {
  private Verdict() {}

  static Problem wrong(int attemptsLeft, Cause cause) {
    ProblemCode code =
        switch (cause) {
          case INCORRECT -> ProblemCode.CODE_INCORRECT;
          case ALREADY_USED -> ProblemCode.CODE_ALREADY_USED;
          case NOT_VERIFIED -> ProblemCode.ASSERTION_INVALID;
        };
    return Problem.of(code).with("attempts_left", attemptsLeft);
  }

  static Problem refused(Reason reason, Instant retryAt) {
    return switch (reason) {
      case MISMATCH -> Problem.of(ProblemCode.IDEMPOTENCY_MISMATCH);
      case UNKNOWN -> Problem.of(ProblemCode.NOT_FOUND);
      case NOT_READY -> Problem.of(ProblemCode.CHALLENGE_NOT_READY);
      case COMPLETED -> Problem.of(ProblemCode.ALREADY_COMPLETED);
      case EXPIRED -> Problem.of(ProblemCode.CHALLENGE_EXPIRED);
      case DELAYED ->
          Problem.of(ProblemCode.FACTOR_LOCKED, "Too many wrong codes in a row; wait.")
              .retryAt(retryAt);
      case DISABLED ->
          Problem.of(
              ProblemCode.FACTOR_LOCKED,
              "Too many wrong codes in a row; this factor has to be enrolled again.");
      case EXHAUSTED -> Problem.of(ProblemCode.TOO_MANY_ATTEMPTS).with("attempts_left", 0);
    };
  }
}
