package dev.stile.lambda.challenge;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Challenges.Ticket;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.key.KeyedDigest;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a challenge on a factor and, where its code is sent, has it sent.
final class Openings {
  private final Challenges challenges;
  private final Dispatcher dispatcher;
  private final Prompts prompts;
  private final RandomIds ids;
  private final KeyedDigest keys;
  private final Clock clock;

  @Inject
  Openings(
      Challenges challenges,
      Dispatcher dispatcher,
      Prompts prompts,
      RandomIds ids,
      KeyedDigest keys,
      Clock clock) {
    this.challenges = challenges;
    this.dispatcher = dispatcher;
    this.prompts = prompts;
    this.ids = ids;
    this.keys = keys;
    this.clock = clock;
  }

  /// On the first of these factors; the others are passkeys that may answer in its place.
  Challenge open(Caller caller, List<Factor> factors, Approval approval, Terms terms) {
    Factor factor = factors.getFirst();
    dispatcher.reserve(caller, factor);
    Instant now = clock.instant();
    int epoch = keys.currentEpoch(caller.subject().tenant());
    var challenge =
        new Challenge(
            ChallengeId.random(ids, factor.kind(), factor.id(), epoch),
            Purpose.STEP_UP.owner(caller.principal()),
            approval,
            new Challenge.Lifetime(now, now.plus(terms.lifetime())),
            Challenge.Progress.of(Status.PENDING),
            prompts.of(factors, approval, terms.locale()));
    return switch (open(caller.subject(), factor, challenge, terms.ticket())) {
      case Opening.Opened(var opened) -> dispatcher.command(caller.subject(), opened);
      case Opening.Full(var until) ->
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
      case Opening.Gone() -> throw Problem.of(ProblemCode.NO_FACTOR).asException();
      case Opening.Spent() -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
    };
  }

  private Opening open(
      Subject subject, Factor factor, Challenge challenge, @Nullable Ticket ticket) {
    Instant now = challenge.lifetime().created();
    if (factor.isDecoy()) {
      return challenges.openDecoy(subject, factor, challenge, now);
    }
    String answer = challenge.dispatch() != null ? dispatcher.answer(subject, challenge, 1) : null;
    return ticket == null
        ? challenges.open(subject, challenge, answer, now)
        : challenges.openNext(subject, challenge, answer, ticket);
  }

  /// How long it may be answered, in which language it is told, and what is used up for it if it is
  /// not the first of its chain.
  record Terms(Duration lifetime, String locale, @Nullable Ticket ticket) {}
}
