package dev.stile.model;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges.Claim;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import dev.stile.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The stores under test, as the functions use them. Their use cases live in modules that the tests
/// of this one cannot see, so what matters of them is written here once more: which port is called
/// in which order, with nothing of the limits or the queues.
final class Service implements Operations {
  private final Stores stores;
  private final Subject subject;
  private final Supplier<Instant> clock;
  private final Labels labels;
  private final Answering answering;
  private final Asking asking;

  Service(Stores stores, Asking.Choosing choosing, Supplier<Instant> clock) {
    this.stores = stores;
    this.subject = Samples.subject();
    this.clock = clock;
    this.labels = new Labels(subject);
    this.asking = new Asking(stores, labels, choosing);
    this.answering = new Answering(stores, labels, asking::led);
  }

  private Gate gate(@Nullable String grant) {
    return grant == null ? new Gate.FirstFactor() : granted(grant);
  }

  private Gate.Granted granted(String grant) {
    return new Gate.Granted("grt_" + grant + subject.id(), Samples.NOW.plusSeconds(300));
  }

  private Optional<Challenge> find(ChallengeId id) {
    return stores.challenges().find(subject, id);
  }

  @Override
  public String enroll(String factor, FactorKind kind, @Nullable String grant, String challenge) {
    Instant now = clock.get();
    Factor pending = Samples.pending(kind, now);
    labels.name(factor, pending.id());
    Factors.Change change = stores.factors().add(subject, pending, gate(grant));
    if (change == Factors.Change.DONE && kind.isOutOfBand()) {
      var lifetime = new Challenge.Lifetime(now, now.plus(Samples.LAPSE));
      var reserved =
          new Challenge(
              labels.challenge(challenge, pending.id(), kind),
              labels.owner(Purpose.ACTIVATION, Who.OWNER),
              Samples.approval(),
              lifetime,
              Challenge.Progress.of(Status.REQUESTED),
              Dispatch.first(now, "de-AT"));
      stores.challenges().open(subject, reserved, null, now);
    }
    return change.name();
  }

  @Override
  public String start(String challenge) {
    ChallengeId id = labels.challenge(challenge);
    String answer = Labels.answer(id, 1);
    return stores.challenges().start(subject, id, answer, clock.get()) ? "started" : "dropped";
  }

  @Override
  public String activate(String factor, Guess guess, Who who, @Nullable String grant) {
    return answering.activate(labels.factor(factor), guess, who, gate(grant), clock.get());
  }

  @Override
  public String open(String challenge, String factor, Who who) {
    Optional<Factor> usable =
        stores.factors().account(subject).factor(labels.factor(factor)).filter(Factor::isUsable);
    return usable.isEmpty() ? "no factor" : open(challenge, usable.get(), who);
  }

  private String open(String label, Factor factor, Who who) {
    Instant now = clock.get();
    ChallengeId id = labels.challenge(label, factor.id(), factor.kind());
    boolean sent = factor.kind().isOutOfBand();
    var challenge =
        new Challenge(
            id,
            labels.owner(Purpose.STEP_UP, who),
            Samples.approval(),
            new Challenge.Lifetime(now, now.plus(Samples.LIFE)),
            Challenge.Progress.of(Status.PENDING),
            sent ? Dispatch.first(now, "de-AT") : null);
    String answer = sent ? Labels.answer(id, 1) : null;
    return switch (stores.challenges().open(subject, challenge, answer, now)) {
      case Opening.Opened(var opened) -> agreeing("opened", opened, challenge);
      case Opening.Full(var until) -> "full until " + until;
      case Opening.Gone() -> "gone";
      case Opening.Spent() -> "spent";
    };
  }

  /// What an answer carries is what a reader sees afterwards.
  static <T> String agreeing(String answer, T carried, T read) {
    return carried.equals(read) ? answer : answer + ", with " + carried + " in place of " + read;
  }

  @Override
  public String govern(Rules rules) {
    asking.govern(rules);
    return "in force";
  }

  @Override
  public String ask(String challenge, String factor, Who who, Goal goal, @Nullable String after) {
    return asking.ask(challenge, factor, new Asking.Asked(goal, who, clock.get()), after);
  }

  @Override
  public String reuse(String grant, Who who, Goal goal, Duration maxAge) {
    return asking.reuse(grant, new Asking.Asked(goal, who, clock.get()), maxAge);
  }

  @Override
  public String spend(String grant) {
    return asking.spend(grant);
  }

  @Override
  public String resend(String challenge, int late) {
    Challenge found = find(labels.challenge(challenge)).orElse(null);
    Dispatch dispatch = found == null ? null : found.dispatch();
    if (found == null || dispatch == null) {
      return "not resent";
    }
    int next = dispatch.generation() + 1;
    return stores
        .challenges()
        .renew(subject, asSeen(found, late), Labels.answer(found.id(), next), clock.get())
        .map(renewed -> agreeing("resent " + next, renewed, find(renewed.id()).orElseThrow()))
        .orElse("not resent");
  }

  /// A challenge as a slow caller saw it, some generations ago.
  private static Challenge asSeen(Challenge found, int late) {
    Dispatch is = found.dispatch();
    return is == null
        ? found
        : new Challenge(
            found.id(),
            found.owner(),
            found.approval(),
            found.lifetime(),
            found.progress(),
            new Dispatch(
                is.generation() - late, is.delivery(), is.requested(), is.reason(), is.locale()));
  }

  @Override
  public String change(String from, String to, String factor) {
    Instant now = clock.get();
    ChallengeId id = labels.challenge(from);
    String stepUp = labels.owner(Purpose.STEP_UP, Who.OWNER);
    String owner = labels.owner(Purpose.ACTIVATION, Who.OWNER);
    Optional<Challenge> old =
        find(id)
            .filter(c -> c.owner().equals(stepUp) || c.owner().equals(owner))
            .filter(c -> c.isLive(now));
    if (old.isEmpty()) {
      return "ended";
    }
    boolean offered =
        old.get().owner().equals(stepUp) && !id.factor().equals(labels.factor(factor));
    String opened = offered ? open(to, factor, Who.OWNER) : "no factor";
    if (opened.equals("opened")
        && stores.challenges().cancel(subject, id, stepUp, labels.challenge(to), now).isEmpty()) {
      stores.challenges().cancel(subject, labels.challenge(to), stepUp, null, now);
      return "ended";
    }
    return opened;
  }

  @Override
  public String verify(String challenge, Guess guess, Who who, Write write) {
    return answering.verify(labels.challenge(challenge), guess, who, write, clock.get());
  }

  @Override
  public String cancel(String challenge, Who who) {
    ChallengeId id = labels.challenge(challenge);
    for (Purpose purpose : Purpose.values()) {
      Optional<Challenge> canceled =
          stores.challenges().cancel(subject, id, labels.owner(purpose, who), null, clock.get());
      if (canceled.isPresent()) {
        return agreeing("canceled", canceled.get(), find(id).orElseThrow());
      }
    }
    return "not canceled";
  }

  @Override
  public String deliver(String challenge, int generation, @Nullable Delivery outcome) {
    ChallengeId id = labels.challenge(challenge);
    Optional<Claim> claim = stores.challenges().claim(subject, id, generation, clock.get());
    if (claim.isEmpty()) {
      return "dropped";
    }
    Challenge read = find(id).orElseThrow();
    if (outcome != null) {
      settle(challenge, generation, outcome);
    }
    return agreeing("claimed", claim.get().challenge(), read);
  }

  @Override
  public void settle(String challenge, int generation, Delivery outcome) {
    stores
        .challenges()
        .settle(subject, labels.challenge(challenge), generation, outcome, Model.reason(outcome));
  }

  @Override
  public String remove(String factor, String grant) {
    return stores
        .factors()
        .remove(subject, labels.factor(factor), granted(grant), clock.get())
        .name();
  }

  @Override
  public String abandon(String factor) {
    return stores.factors().abandon(subject, labels.factor(factor)) ? "abandoned" : "not abandoned";
  }

  @Override
  public Seen seen() {
    Account account = stores.factors().account(subject);
    return labels.seen(account, this::find, clock.get());
  }
}
