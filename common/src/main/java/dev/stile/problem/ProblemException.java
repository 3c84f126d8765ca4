package dev.stile.problem;

/// Carries a problem from where it is found to the edge, which turns it into an answer.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.code().wire(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
