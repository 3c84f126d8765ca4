package dev.stile.lambda.challenge;

import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Challenges.Claim;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.SentCodes;
import dev.stile.factor.Code;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.key.KeyUse;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.message.Courier;
import dev.stile.message.Courier.Outcome;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/// Sends one generation of a code: claims it, derives the code again, hands it to the carrier,
/// records what the carrier said. What has expired, was answered, canceled or replaced is dropped
/// (R34); what another worker has claimed stays in the queue, since that one may have died.
final class DeliverCode {
  private final Challenges challenges;
  private final Policies policies;
  private final Sealing sealing;
  private final Writing writing;
  private final Courier courier;
  private final Clock clock;

  @Inject
  DeliverCode(
      Challenges challenges,
      Policies policies,
      Sealing sealing,
      Writing writing,
      Courier courier,
      Clock clock) {
    this.challenges = challenges;
    this.policies = policies;
    this.sealing = sealing;
    this.writing = writing;
    this.courier = courier;
    this.clock = clock;
  }

  /// `last` where the queue will not bring the message again.
  String deliver(OtpDeliver message, boolean last) {
    Subject subject = message.subject();
    Optional<Claim> claim =
        challenges.claim(subject, message.challenge(), message.generation(), clock.instant());
    if (claim.isEmpty()) {
      if (isUnderWay(message)) {
        throw new DeliveryUnavailable("another worker has claimed it");
      }
      return "dropped";
    }
    Outcome outcome = trySend(subject, claim.get());
    return switch (outcome) {
      case Outcome.Accepted accepted -> {
        challenges.settle(subject, message.challenge(), message.generation(), Delivery.SENT, null);
        yield "sent";
      }
      case Outcome.Refused(var reason) -> {
        challenges.settle(
            subject, message.challenge(), message.generation(), Delivery.FAILED, reason);
        yield "refused";
      }
      case Outcome.Unavailable(var reason) -> {
        challenges.settle(
            subject,
            message.challenge(),
            message.generation(),
            last ? Delivery.FAILED : Delivery.QUEUED,
            last ? reason : null);
        throw new DeliveryUnavailable(reason);
      }
    };
  }

  /// Whether this generation is still to be sent, by whomever.
  private boolean isUnderWay(OtpDeliver message) {
    return challenges
        .find(message.subject(), message.challenge())
        .filter(challenge -> challenge.isLive(clock.instant()))
        .map(Challenge::dispatch)
        .filter(dispatch -> dispatch.generation() == message.generation())
        .filter(dispatch ->
            dispatch.delivery() == Delivery.QUEUED || dispatch.delivery() == Delivery.SENDING)
        .isPresent();
  }

  private Outcome trySend(Subject subject, Claim claim) {
    try {
      return send(subject, claim);
    } catch (KeyUnavailable e) {
      return new Outcome.Unavailable("key_unavailable");
    }
  }

  private Outcome send(Subject subject, Claim claim) {
    Challenge challenge = claim.challenge();
    Factor factor = claim.factor();
    if (!(factor.credential() instanceof Destination destination)) {
      return new Outcome.Refused("no_destination");
    }
    Secret opened =
        sealing.open(subject, factor.id().text(), KeyUse.DESTINATION, destination.address());
    String address = new String(opened.reveal(), StandardCharsets.UTF_8);
    int generation = challenge.dispatch() == null ? 1 : challenge.dispatch().generation();
    Code code = writing.codes.of(subject, challenge, generation);
    Policy policy = policies.current();
    return destination.kind() == FactorKind.EMAIL
        ? courier.email(address, writing.texts.email(policy, challenge, code))
        : courier.sms(address, writing.texts.sms(policy, challenge, code));
  }

  /// What a message is written from.
  static final class Writing {
    private final SentCodes codes;
    private final MessageTexts texts;

    @Inject
    Writing(SentCodes codes, MessageTexts texts) {
      this.codes = codes;
      this.texts = texts;
    }
  }

  /// The message may be sent later: back to the queue.
  static final class DeliveryUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeliveryUnavailable(String reason) {
      super(reason);
    }
  }
}
