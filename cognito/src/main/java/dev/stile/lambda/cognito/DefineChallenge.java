package dev.stile.lambda.cognito;

import java.util.List;

/// What comes next in a sign-in: the password, then a factor, then tokens. There is no other way to
/// them, in whatever order the steps are brought.
final class DefineChallenge {
  /// As many as a challenge has guesses.
  private static final int MOST_ANSWERS = 5;

  private DefineChallenge() {}

  enum Next {
    PASSWORD,
    FACTOR,
    TOKENS,
    FAILURE
  }

  /// A user who does not exist is asked for the password like any other, and never passes it.
  static Next after(List<Step> steps, boolean userExists) {
    if (steps.size() == 1 && steps.getFirst().name().equals(Step.SRP)) {
      return Next.PASSWORD;
    }
    int first = (int) steps.stream().takeWhile(step -> !step.isOurs()).count();
    List<Step> primary = steps.subList(0, first);
    List<Step> ours = steps.subList(first, steps.size());
    if (!userExists || !isPassed(primary) || !ours.stream().allMatch(Step::isOurs)) {
      return Next.FAILURE;
    }
    if (ours.isEmpty()) {
      return Next.FACTOR;
    }
    Step last = ours.getLast();
    if (last.passed()) {
      return Next.TOKENS;
    }
    return ours.size() < MOST_ANSWERS && canBeAnsweredAgain(last) ? Next.FACTOR : Next.FAILURE;
  }

  /// Steps that the pool itself adds, such as a new password, come between.
  private static boolean isPassed(List<Step> primary) {
    return primary.size() >= 2
        && primary.get(0).name().equals(Step.SRP)
        && primary.get(1).name().equals(Step.PASSWORD)
        && primary.stream().allMatch(Step::passed);
  }

  /// A passkey's challenge is used up by any answer.
  private static boolean canBeAnsweredAgain(Step step) {
    return Carried.ofMetadata(step.metadata())
        .filter(asked -> !asked.type().equals(Carried.PASSKEY))
        .isPresent();
  }
}
