package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Slots;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Challenges over the table in memory.
public final class InMemoryChallenges implements Challenges {
  private final InMemoryStore table;

  public InMemoryChallenges(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Opening open(Subject subject, Challenge challenge, @Nullable String answer, Instant now) {
    return table.atomically(() -> {
      Shelf shelf = table.shelf(subject, challenge.id());
      if (shelf == null) {
        return new Opening.Gone();
      }
      return switch (Slots.plan(shelf.challenges(), challenge.id().kind(), now)) {
        case Slots.Full(Instant until) -> new Opening.Full(until);
        case Slots.Room room -> {
          make(room, shelf, challenge.id(), now);
          shelf.put(new Entry(challenge, answer, null));
          yield new Opening.Opened(challenge);
        }
      };
    });
  }

  @Override
  public Opening openNext(
      Subject subject, Challenge challenge, @Nullable String answer, Ticket ticket) {
    Instant now = challenge.lifetime().created();
    return table.atomically(() -> {
      Shelf shelf = table.shelf(subject, challenge.id());
      boolean room =
          shelf != null
              && Slots.plan(shelf.challenges(), challenge.id().kind(), now) instanceof Slots.Room;
      if (room && table.isBurnt(ticket.jti())) {
        return new Opening.Spent();
      }
      Opening opening = open(subject, challenge, answer, now);
      if (opening instanceof Opening.Opened) {
        table.burn(ticket.jti());
      }
      return opening;
    });
  }

  @Override
  public Opening openDecoy(Subject subject, Factor decoy, Challenge challenge, Instant now) {
    return table.atomically(() -> {
      table.profile(subject).items.putIfAbsent(decoy.id(), new FactorItem(decoy));
      return open(subject, challenge, null, now);
    });
  }

  private static void make(Slots.Room room, Shelf shelf, ChallengeId by, Instant now) {
    for (ChallengeId id : room.replaced()) {
      Entry entry = shelf.entry(id);
      if (entry != null) {
        shelf.put(entry.canceled(by, now));
      }
    }
    shelf.drop(room.dropped());
  }

  @Override
  public Optional<Challenge> find(Subject subject, ChallengeId id) {
    return table.atomically(() -> table.entry(subject, id).map(Entry::challenge));
  }

  @Override
  public boolean start(Subject subject, ChallengeId id, String answer, Instant now) {
    return change(
            subject,
            id,
            entry ->
                entry.challenge().progress().status() == Status.REQUESTED
                        && !entry.challenge().lifetime().expired(now)
                    ? entry.started(answer)
                    : entry)
        .isPresent();
  }

  @Override
  public Optional<Challenge> renew(Subject subject, Challenge seen, String answer, Instant now) {
    Dispatch before = seen.dispatch();
    return change(
            subject,
            seen.id(),
            entry -> {
              Dispatch dispatch = entry.challenge().dispatch();
              return before != null
                      && dispatch != null
                      && entry.isPending(now)
                      && dispatch.generation() == before.generation()
                      && dispatch.generation() < Dispatch.MAX_GENERATIONS
                  ? entry.renewed(next(dispatch, now), answer)
                  : entry;
            })
        .map(Entry::challenge);
  }

  private static Dispatch next(Dispatch dispatch, Instant now) {
    return new Dispatch(dispatch.generation() + 1, Delivery.QUEUED, now, null, dispatch.locale());
  }

  @Override
  public Optional<Challenge> cancel(
      Subject subject,
      ChallengeId id,
      String owner,
      @Nullable ChallengeId replacedBy,
      Instant now) {
    return change(
            subject,
            id,
            entry ->
                entry.challenge().owner().equals(owner) && entry.challenge().isLive(now)
                    ? entry.canceled(replacedBy, now)
                    : entry)
        .map(Entry::challenge);
  }

  @Override
  public Optional<Claim> claim(Subject subject, ChallengeId id, int generation, Instant now) {
    return change(
            subject,
            id,
            entry -> {
              Dispatch dispatch = entry.challenge().dispatch();
              return dispatch != null
                      && entry.isPending(now)
                      && dispatch.generation() == generation
                      && isFree(dispatch, entry.claimed(), now)
                  ? entry.dispatched(settled(dispatch, Delivery.SENDING, null), now)
                  : entry;
            })
        .flatMap(entry ->
            table
                .find(subject, id)
                .map(found -> new Claim(entry.challenge(), found.item().factor())));
  }

  private static boolean isFree(Dispatch dispatch, @Nullable Instant claimed, Instant now) {
    return switch (dispatch.delivery()) {
      case QUEUED -> true;
      case SENDING -> claimed != null && !now.isBefore(claimed.plusSeconds(Dispatch.CLAIM_SECONDS));
      case SENT, FAILED -> false;
    };
  }

  @Override
  public void settle(
      Subject subject, ChallengeId id, int generation, Delivery delivery, @Nullable String reason) {
    change(
        subject,
        id,
        entry -> {
          Dispatch dispatch = entry.challenge().dispatch();
          return dispatch != null
                  && dispatch.generation() == generation
                  && dispatch.delivery() == Delivery.SENDING
              ? entry.dispatched(settled(dispatch, delivery, reason), null)
              : entry;
        });
  }

  private static Dispatch settled(Dispatch dispatch, Delivery delivery, @Nullable String reason) {
    return new Dispatch(
        dispatch.generation(), delivery, dispatch.requested(), reason, dispatch.locale());
  }

  /// One conditional write: empty if there is nothing, or if the condition left it as it was.
  private Optional<Entry> change(Subject subject, ChallengeId id, UnaryOperator<Entry> change) {
    return table.atomically(() -> {
      Shelf shelf = table.shelf(subject, id);
      Entry before = shelf == null ? null : shelf.entry(id);
      if (shelf == null || before == null) {
        return Optional.empty();
      }
      Entry after = change.apply(before);
      if (after.equals(before)) {
        return Optional.empty();
      }
      shelf.put(after);
      return Optional.of(after);
    });
  }
}
