package dev.stile.lambda.challenge;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.key.KeyedDigest;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Puts a challenge on a factor and, where its code is sent, has it sent.
final class Openings {
  private final Challenges challenges;
  private final Dispatcher dispatcher;
  private final RandomIds ids;
  private final KeyedDigest keys;
  private final Clock clock;

  @Inject
  Openings(
      Challenges challenges, Dispatcher dispatcher, RandomIds ids, KeyedDigest keys, Clock clock) {
    this.challenges = challenges;
    this.dispatcher = dispatcher;
    this.ids = ids;
    this.keys = keys;
    this.clock = clock;
  }

  Challenge open(Caller caller, Factor factor, Approval approval, Terms terms) {
    dispatcher.reserve(caller, factor);
    Instant now = clock.instant();
    int epoch = keys.currentEpoch(caller.subject().tenant());
    boolean sent = factor.kind().isOutOfBand();
    var challenge =
        new Challenge(
            ChallengeId.random(ids, factor.kind(), factor.id(), epoch),
            Purpose.STEP_UP.owner(caller.principal()),
            approval,
            new Challenge.Lifetime(now, now.plus(terms.lifetime())),
            Challenge.Progress.of(Status.PENDING),
            sent ? Dispatch.first(now, terms.locale()) : null);
    String answer = sent ? dispatcher.answer(caller.subject(), challenge, 1) : null;
    Opening opening =
        factor.isDecoy()
            ? challenges.openDecoy(caller.subject(), factor, challenge, now)
            : challenges.open(caller.subject(), challenge, answer, now);
    return switch (opening) {
      case Opening.Opened(var opened) -> dispatcher.command(caller.subject(), opened);
      case Opening.Full(var until) ->
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
      case Opening.Gone() -> throw Problem.of(ProblemCode.NO_FACTOR).asException();
    };
  }

  /// How long it may be answered, and in which language it is told.
  record Terms(Duration lifetime, String locale) {}
}
