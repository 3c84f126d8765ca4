package dev.stile.lambda.challenge;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.factor.Factors;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;

/// Sends a new code in place of the last one. Guesses stay counted.
final class ResendCode {
  private final OwnChallenges own;
  private final Challenges challenges;
  private final Factors factors;
  private final Dispatcher dispatcher;
  private final Clock clock;

  @Inject
  ResendCode(
      OwnChallenges own,
      Challenges challenges,
      Factors factors,
      Dispatcher dispatcher,
      Clock clock) {
    this.own = own;
    this.challenges = challenges;
    this.factors = factors;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  Challenge resend(Caller caller, ChallengeId id) {
    Challenge challenge = own.live(caller, id);
    Dispatch dispatch = challenge.dispatch();
    if (dispatch == null) {
      throw Problem.invalid("", "Nothing is sent for this factor.").asException();
    }
    if (challenge.progress().status() == Status.REQUESTED) {
      throw Problem.of(ProblemCode.CHALLENGE_NOT_READY).asException();
    }
    if (dispatch.resendsLeft() == 0) {
      throw Problem.of(ProblemCode.RATE_LIMITED, "No resend is left for this challenge.")
          .retryAt(challenge.lifetime().expires())
          .asException();
    }
    Factor factor =
        factors
            .find(caller.subject(), id.factor())
            .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).asException());
    dispatcher.reserve(caller, factor);
    String answer = dispatcher.answer(caller.subject(), challenge, dispatch.generation() + 1);
    return challenges
        .renew(caller.subject(), challenge, answer, clock.instant())
        .map(renewed -> dispatcher.command(caller.subject(), renewed))
        .orElseThrow(() -> refused(caller, id));
  }

  /// It ended, or another resend was faster.
  private RuntimeException refused(Caller caller, ChallengeId id) {
    Challenge now = own.live(caller, id);
    Dispatch dispatch = now.dispatch();
    Problem problem = Problem.of(ProblemCode.RESEND_TOO_SOON);
    return (dispatch == null ? problem : problem.retryAt(dispatch.requested().plusSeconds(30)))
        .asException();
  }
}
