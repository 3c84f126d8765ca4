package dev.stile.lambda.enroll;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Gate;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Keys;
import dev.stile.key.RandomIds;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.Envelope;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Enrolls a phone or a mailbox: keeps the destination sealed, reserves the right to send and the
/// challenge that will prove it, and leaves the code to others.
final class EnrollDestination {
  private final Policies policies;
  private final Clock clock;
  private final RandomIds ids;
  private final Vault vault;
  private final Stores stores;
  private final Messages messages;

  @Inject
  EnrollDestination(
      Policies policies,
      Clock clock,
      RandomIds ids,
      Vault vault,
      Stores stores,
      Messages messages) {
    this.policies = policies;
    this.clock = clock;
    this.ids = ids;
    this.vault = vault;
    this.stores = stores;
    this.messages = messages;
  }

  Enrolled enroll(Caller caller, Account account, Target target, String label, Gate gate) {
    Subject subject = caller.subject();
    String index = vault.index(subject, target);
    refuseTwin(account, index);
    reserve(caller, index);
    FactorId id = FactorId.random(ids);
    Factor factor =
        stores.pending.add(
            subject,
            id,
            label.isEmpty() ? PendingFactors.label(target.kind()) : label,
            vault.seal(subject, id, target, index),
            gate);
    Challenge challenge = request(caller, account, factor);
    return new Enrolled(factor, challenge);
  }

  private static void refuseTwin(Account account, String index) {
    boolean enrolled =
        account.active().stream()
            .anyMatch(factor ->
                factor.credential() instanceof Destination destination
                    && destination.index().equals(index));
    if (enrolled) {
      throw Problem.of(ProblemCode.FACTOR_EXISTS).asException();
    }
  }

  private void reserve(Caller caller, String index) {
    var send =
        new SendBudget.Send(caller.subject(), index, SourceAddress.prefix(caller.sourceAddress()));
    switch (stores.budget.reserve(send, policies.current().limits().sends(), clock.instant())) {
      case Reservation.Reserved() -> {}
      case Reservation.TooSoon(var until) ->
          throw Problem.of(ProblemCode.RESEND_TOO_SOON).retryAt(until).asException();
      case Reservation.Capped(var until) ->
          throw Problem.of(ProblemCode.RATE_LIMITED).retryAt(until).asException();
    }
  }

  private Challenge request(Caller caller, Account account, Factor factor) {
    Policy policy = policies.current();
    Instant now = clock.instant();
    Client client = policy.client(caller.principal().client()).orElseThrow();
    var challenge =
        new Challenge(
            ChallengeId.random(ids, factor.kind(), factor.id(), vault.epoch(caller.subject())),
            Purpose.ACTIVATION.owner(caller.principal()),
            approval(policy, client, account, factor),
            new Challenge.Lifetime(now, now.plus(PendingFactors.LIFETIME)),
            Challenge.Progress.of(Status.REQUESTED),
            Dispatch.first(now, client.locale()));
    stores.challenges.open(caller.subject(), challenge, null, now);
    var envelope = new Envelope(ids.text(), challenge.lifetime().expires(), ids.text());
    try {
      messages.send(new ChallengeRequested(envelope, caller.subject(), challenge.id()));
    } catch (QueueUnavailable e) {
      throw Problem.of(ProblemCode.DELIVERY_UNAVAILABLE).asException();
    }
    return challenge;
  }

  private static Approval approval(Policy policy, Client client, Account account, Factor factor) {
    String acr = policy.levelOf(factor).orElse(policy.levels().getFirst()).acr();
    String display =
        factor.kind() == FactorKind.EMAIL ? "add this e-mail address" : "add this phone";
    return new Approval(
        client.id(),
        client.audiences().getFirst(),
        Action.MANAGE_FACTORS,
        Binding.EMPTY,
        display,
        new Approval.Decision(acr, List.of("the factor is proven by its first code")),
        account.epoch());
  }

  /// A destination that was checked: what to send to, what tells it from others, what to show.
  record Target(FactorKind kind, String address, String folded, String hint) {}

  record Enrolled(Factor factor, Challenge challenge) {}

  /// The stores that an enrollment touches.
  static final class Stores {
    private final PendingFactors pending;
    private final Challenges challenges;
    private final SendBudget budget;

    @Inject
    Stores(PendingFactors pending, Challenges challenges, SendBudget budget) {
      this.pending = pending;
      this.challenges = challenges;
      this.budget = budget;
    }
  }

  /// The keys that an enrollment needs.
  static final class Vault {
    private final Sealing sealing;
    private final KeyedDigest digest;

    @Inject
    Vault(Sealing sealing, KeyedDigest digest) {
      this.sealing = sealing;
      this.digest = digest;
    }

    int epoch(Subject subject) {
      return digest.currentEpoch(subject.tenant());
    }

    /// The keyed digest of a destination: the same for the same destination, whoever enrolls it.
    String index(Subject subject, Target target) {
      return digest.text(
          subject.tenant(), KeyUse.INDEX, Keys.FIRST_EPOCH, target.kind().wire(), target.folded());
    }

    Destination seal(Subject subject, FactorId id, Target target, String index) {
      Secret address = Secret.of(target.address().getBytes(StandardCharsets.UTF_8));
      return new Destination(
          target.kind(),
          sealing.seal(subject, id.text(), KeyUse.DESTINATION, address),
          target.hint(),
          index);
    }
  }
}
