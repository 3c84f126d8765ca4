package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Slots;
import dev.stile.challenge.Status;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Challenges as entries of their factor's item.
public final class DynamoChallenges implements Challenges {
  /// Every lost round of an opening is a round that another opening won.
  private static final int OPEN_TRIES = 64;

  private static final String LIVE = "#ch.#c.#exp > :now AND #ch.#c.#n < :guesses";
  private static final String PENDING = "#ch.#c.#st = :pending AND " + LIVE;

  private final StileTable table;

  @Inject
  public DynamoChallenges(StileTable table) {
    this.table = table;
  }

  @Override
  public Opening open(Subject subject, Challenge challenge, @Nullable String answer, Instant now) {
    var key = ItemKeys.ofChallenge(subject, challenge.id());
    return open(
        key,
        new Asked(challenge, answer, now),
        change ->
            table.update(
                change, opened -> new Write.Ended(new Opening.Opened(challenge)), Write.Met::new));
  }

  @Override
  public Opening openNext(
      Subject subject, Challenge challenge, @Nullable String answer, Ticket ticket) {
    var key = ItemKeys.ofChallenge(subject, challenge.id());
    return open(
        key,
        new Asked(challenge, answer, challenge.lifetime().created()),
        change ->
            table.transact(
                () -> new Write.Ended(new Opening.Opened(challenge)),
                refusal ->
                    refusal.index() == 0
                        ? new Write.Ended(new Opening.Spent())
                        : new Write.Met(refusal.found()),
                table.putting(GrantItems.burnt(ticket)),
                table.updating(change)));
  }

  private Opening open(
      Map<String, AttributeValue> key, Asked asked, Function<Change, Write> writing) {
    Map<String, AttributeValue> item = table.read(key).orElse(Map.of());
    FactorKind kind = asked.challenge().id().kind();
    for (int tries = 0; tries < OPEN_TRIES; tries++) {
      if (item.isEmpty()) {
        if (kind != FactorKind.WEBAUTHN) {
          return new Opening.Gone();
        }
        item = begun(key);
      }
      switch (Slots.plan(FactorItems.challenges(item), kind, asked.now())) {
        case Slots.Full full -> {
          return new Opening.Full(full.until());
        }
        case Slots.Room room -> {
          switch (writing.apply(opening(key, item, room, asked))) {
            case Write.Ended(var end) -> {
              return end;
            }
            case Write.Met(var met) -> item = met;
          }
        }
      }
    }
    throw new IllegalStateException("too many openings met on one factor");
  }

  /// What is to be opened: with the digest of its answer, where it has one.
  private record Asked(Challenge challenge, @Nullable String answer, Instant now) {}

  /// What came of the write of an opening: its end, or an item that had moved on meanwhile.
  private sealed interface Write {
    record Ended(Opening opening) implements Write {}

    record Met(Map<String, AttributeValue> item) implements Write {}
  }

  /// The item that the challenges of all passkeys share comes with the first of them.
  private Map<String, AttributeValue> begun(Map<String, AttributeValue> key) {
    return table.update(
        new Change(
            key,
            "attribute_not_exists(#pk)",
            "SET #ch = :none, #cv = :zero",
            new Expression().value(":none", AttributeValue.fromM(Map.of())).number(":zero", 0)),
        made -> made,
        there -> there);
  }

  @Override
  public Opening openDecoy(Subject subject, Factor decoy, Challenge challenge, Instant now) {
    Opening opening = open(subject, challenge, null, now);
    if (!(opening instanceof Opening.Gone)) {
      return opening;
    }
    return table.update(DecoyItems.making(subject, decoy, challenge, now))
        ? new Opening.Opened(challenge)
        : open(subject, challenge, null, now);
  }

  private static Change opening(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> item,
      Slots.Room room,
      Asked asked) {
    Challenge challenge = asked.challenge();
    Instant now = asked.now();
    var expression =
        new Expression()
            .name("#c", challenge.id().text())
            .value(":entry", ChallengeEntries.write(challenge, asked.answer()))
            .number(":seen", Values.number(item, "cv", 0))
            .number(":one", 1);
    var condition = new StringBuilder("#cv = :seen");
    var update = new StringBuilder("SET #ch.#c = :entry, #cv = #cv + :one");
    Instant used = FactorItems.lastUsed(item);
    if (used != null) {
      expression.moment(":used", used);
      update.append(", #usedAt = :used");
    }
    if (FactorItems.isDecoy(item)) {
      expression.value(":ttl", DecoyItems.sweptAt(now));
      update.append(", #ttl = :ttl");
    }
    int index = 0;
    for (ChallengeId replaced : room.replaced()) {
      String name = "#r" + index++;
      expression
          .name(name, replaced.text())
          .text(":pending", Status.PENDING.wire())
          .text(":requested", Status.REQUESTED.wire())
          .text(":canceled", Status.CANCELED.wire())
          .text(":by", challenge.id().text())
          .moment(":now", now);
      condition.append(" AND #ch.%s.#st IN (:pending, :requested)".formatted(name));
      update.append(
          ", #ch.%1$s.#st = :canceled, #ch.%1$s.#by = :by, #ch.%1$s.#end = :now".formatted(name));
    }
    List<String> dropped = new ArrayList<>();
    for (ChallengeId old : room.dropped()) {
      String name = "#d" + index++;
      expression.name(name, old.text());
      dropped.add("#ch." + name);
    }
    if (!dropped.isEmpty()) {
      update.append(" REMOVE ").append(String.join(", ", dropped));
    }
    return new Change(key, condition.toString(), update.toString(), expression);
  }

  @Override
  public Optional<Challenge> find(Subject subject, ChallengeId id) {
    return table
        .read(ItemKeys.ofChallenge(subject, id))
        .flatMap(item -> FactorItems.challenge(item, id.text()));
  }

  @Override
  public boolean start(Subject subject, ChallengeId id, String answer, Instant now) {
    return table.update(
        change(
            subject,
            id,
            "#ch.#c.#st = :requested AND " + LIVE,
            "SET #ch.#c.#st = :pending, #ch.#c.#ok = :ok",
            live(id, now)
                .text(":requested", Status.REQUESTED.wire())
                .text(":pending", Status.PENDING.wire())
                .value(":ok", ChallengeEntries.ok(answer))));
  }

  @Override
  public Optional<Challenge> renew(Subject subject, Challenge seen, String answer, Instant now) {
    Dispatch dispatch = seen.dispatch();
    if (dispatch == null) {
      return Optional.empty();
    }
    Expression expression =
        live(seen.id(), now)
            .text(":pending", Status.PENDING.wire())
            .number(":gen", dispatch.generation())
            .number(":max", Dispatch.MAX_GENERATIONS)
            .number(":one", 1)
            .text(":queued", ChallengeEntries.delivery(Dispatch.Delivery.QUEUED))
            .value(":ok", ChallengeEntries.ok(answer));
    return written(
        change(
            subject,
            seen.id(),
            PENDING + " AND #ch.#c.#gen = :gen AND #ch.#c.#gen < :max",
            "SET #ch.#c.#gen = #ch.#c.#gen + :one, #ch.#c.#ok = :ok, #ch.#c.#dlv = :queued,"
                + " #ch.#c.#asked = :now REMOVE #ch.#c.#hold, #ch.#c.#dlvWhy",
            expression),
        seen.id());
  }

  @Override
  public Optional<Challenge> cancel(
      Subject subject,
      ChallengeId id,
      String owner,
      @Nullable ChallengeId replacedBy,
      Instant now) {
    Expression expression =
        live(id, now)
            .text(":own", owner)
            .text(":requested", Status.REQUESTED.wire())
            .text(":pending", Status.PENDING.wire())
            .text(":canceled", Status.CANCELED.wire());
    String update = "SET #ch.#c.#st = :canceled, #ch.#c.#end = :now";
    if (replacedBy != null) {
      expression.text(":by", replacedBy.text());
      update += ", #ch.#c.#by = :by";
    }
    String condition = "#ch.#c.#st IN (:requested, :pending) AND #ch.#c.#own = :own AND " + LIVE;
    return written(change(subject, id, condition, update, expression), id);
  }

  @Override
  public Optional<Claim> claim(Subject subject, ChallengeId id, int generation, Instant now) {
    Expression expression =
        live(id, now)
            .text(":pending", Status.PENDING.wire())
            .number(":gen", generation)
            .text(":queued", ChallengeEntries.delivery(Dispatch.Delivery.QUEUED))
            .text(":sending", ChallengeEntries.delivery(Dispatch.Delivery.SENDING))
            .moment(":hold", now.plusSeconds(Dispatch.CLAIM_SECONDS));
    return table.update(
        change(
            subject,
            id,
            PENDING
                + " AND #ch.#c.#gen = :gen AND (#ch.#c.#dlv = :queued"
                + " OR (#ch.#c.#dlv = :sending AND #ch.#c.#hold <= :now))",
            "SET #ch.#c.#dlv = :sending, #ch.#c.#hold = :hold",
            expression),
        item -> Optional.of(new Claim(challenge(item, id), FactorItems.read(item))),
        item -> Optional.empty());
  }

  @Override
  public void settle(
      Subject subject,
      ChallengeId id,
      int generation,
      Dispatch.Delivery delivery,
      @Nullable String reason) {
    Expression expression =
        new Expression()
            .name("#c", id.text())
            .number(":gen", generation)
            .text(":sending", ChallengeEntries.delivery(Dispatch.Delivery.SENDING))
            .text(":dlv", ChallengeEntries.delivery(delivery));
    String update = "SET #ch.#c.#dlv = :dlv";
    if (reason == null) {
      update += " REMOVE #ch.#c.#hold, #ch.#c.#dlvWhy";
    } else {
      expression.text(":why", reason);
      update += ", #ch.#c.#dlvWhy = :why REMOVE #ch.#c.#hold";
    }
    table.update(
        change(subject, id, "#ch.#c.#gen = :gen AND #ch.#c.#dlv = :sending", update, expression));
  }

  private Optional<Challenge> written(Change change, ChallengeId id) {
    return table.update(change, item -> Optional.of(challenge(item, id)), item -> Optional.empty());
  }

  private static Challenge challenge(Map<String, AttributeValue> item, ChallengeId id) {
    return ChallengeEntries.read(id.text(), Values.map(Values.map(item, "ch"), id.text()));
  }

  private static Expression live(ChallengeId id, Instant now) {
    return new Expression()
        .name("#c", id.text())
        .moment(":now", now)
        .number(":guesses", Challenge.MAX_GUESSES);
  }

  private static Change change(
      Subject subject, ChallengeId id, String condition, String update, Expression expression) {
    return new Change(ItemKeys.ofChallenge(subject, id), condition, update, expression);
  }
}
