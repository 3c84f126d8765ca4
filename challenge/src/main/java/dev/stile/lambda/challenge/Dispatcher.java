package dev.stile.lambda.challenge;

import dev.stile.assurance.Policies;
import dev.stile.challenge.Answers;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.SentCodes;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.key.RandomIds;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.message.Messages;
import dev.stile.message.Messages.QueueUnavailable;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import dev.stile.throttle.SendBudget;
import dev.stile.throttle.SendBudget.Reservation;
import dev.stile.throttle.SourceAddress;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/// Everything around a code that is to be sent: the right to send it, its digest, its command.
final class Dispatcher {
  private static final String QUEUE_UNAVAILABLE = "queue_unavailable";

  private final Policies policies;
  private final Clock clock;
  private final SendBudget budget;
  private final Challenges challenges;
  private final Messages messages;
  private final Derivation derivation;

  @Inject
  Dispatcher(
      Policies policies,
      Clock clock,
      SendBudget budget,
      Challenges challenges,
      Messages messages,
      Derivation derivation) {
    this.policies = policies;
    this.clock = clock;
    this.budget = budget;
    this.challenges = challenges;
    this.messages = messages;
    this.derivation = derivation;
  }

  /// Takes one send out of every limit; nothing for a factor that computes its own codes.
  void reserve(Caller caller, Factor factor) {
    if (!(factor.credential() instanceof Destination destination)) {
      return;
    }
    var send =
        new SendBudget.Send(
            caller.subject(), destination.index(), SourceAddress.prefix(caller.sourceAddress()));
    switch (budget.reserve(send, policies.current().limits().sends(), clock.instant())) {
      case Reservation.Reserved() -> {}
      case Reservation.TooSoon(var until) ->
          throw Problem.of(ProblemCode.RESEND_TOO_SOON).retryAt(until).asException();
      case Reservation.Capped(var until) ->
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
    }
  }

  /// The keyed digest of the code of one generation.
  String answer(Subject subject, Challenge challenge, int generation) {
    return derivation.answers.toChallenge(
        subject, challenge.id(), derivation.codes.of(subject, challenge, generation));
  }

  /// Sends the command to deliver. A queue that refuses is told as a failed delivery, which can be
  /// resent.
  Challenge command(Subject subject, Challenge challenge) {
    Dispatch dispatch = challenge.dispatch();
    if (dispatch == null) {
      return challenge;
    }
    var envelope =
        new Envelope(derivation.ids.text(), challenge.lifetime().expires(), derivation.ids.text());
    try {
      messages.send(new OtpDeliver(envelope, subject, challenge.id(), dispatch.generation()));
      return challenge;
    } catch (QueueUnavailable e) {
      return failed(subject, challenge, dispatch.generation());
    }
  }

  /// The command may have arrived all the same: whoever claims the sending first decides.
  private Challenge failed(Subject subject, Challenge challenge, int generation) {
    Instant now = clock.instant();
    if (challenges.claim(subject, challenge.id(), generation, now).isPresent()) {
      challenges.settle(
          subject, challenge.id(), generation, Dispatch.Delivery.FAILED, QUEUE_UNAVAILABLE);
    }
    return challenges.find(subject, challenge.id()).orElse(challenge);
  }

  /// What a code is made and known by.
  static final class Derivation {
    private final SentCodes codes;
    private final Answers answers;
    private final RandomIds ids;

    @Inject
    Derivation(SentCodes codes, Answers answers, RandomIds ids) {
      this.codes = codes;
      this.answers = answers;
      this.ids = ids;
    }
  }
}
