package dev.stile.lambda.challenge;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;

/// Finds challenges for the principal that they belong to; to anyone else they do not exist.
final class OwnChallenges {
  private final Challenges challenges;
  private final Clock clock;

  @Inject
  OwnChallenges(Challenges challenges, Clock clock) {
    this.challenges = challenges;
    this.clock = clock;
  }

  Challenge find(Caller caller, ChallengeId id) {
    return challenges
        .find(caller.subject(), id)
        .filter(challenge -> belongs(challenge, caller))
        .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).asException());
  }

  private static boolean belongs(Challenge challenge, Caller caller) {
    for (Purpose purpose : Purpose.values()) {
      if (challenge.owner().equals(purpose.owner(caller.principal()))) {
        return true;
      }
    }
    return false;
  }

  /// One that can still be acted on.
  Challenge live(Caller caller, ChallengeId id) {
    Challenge challenge = find(caller, id);
    Status status = challenge.status(clock.instant());
    if (status.isTerminal()) {
      throw ended(status).asException();
    }
    return challenge;
  }

  static Problem ended(Status status) {
    return switch (status) {
      case EXPIRED -> Problem.of(ProblemCode.CHALLENGE_EXPIRED);
      case FAILED -> Problem.of(ProblemCode.TOO_MANY_ATTEMPTS);
      case REQUESTED -> Problem.of(ProblemCode.CHALLENGE_NOT_READY);
      case PENDING, APPROVED, DENIED, CANCELED, BLOCKED ->
          Problem.of(ProblemCode.ALREADY_COMPLETED);
    };
  }
}
