package dev.stile.edge;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stile.problem.Problem;
import dev.stile.problem.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The problem that a call ends in; anything else is a failure of the test.
final class Problems {
  private Problems() {}

  static Problem of(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    if (thrown instanceof ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("no problem, but " + thrown, thrown);
  }
}
