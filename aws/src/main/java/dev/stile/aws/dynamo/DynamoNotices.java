package dev.stile.aws.dynamo;

import dev.stile.audit.EventId;
import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.notice.Notices;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Notices as items of their own. `to` maps a destination to the moment until which its claim
/// holds; for one that is settled there is no such moment.
public final class DynamoNotices implements Notices {
  /// Longer than any message lives that could bring the notice again.
  private static final Duration KEPT = Duration.ofDays(7);

  private static final Instant FOR_EVER = Instant.ofEpochMilli(Long.MAX_VALUE / 1_000);

  private final StileTable table;

  @Inject
  public DynamoNotices(StileTable table) {
    this.table = table;
  }

  @Override
  public boolean announce(Notice notice) {
    return table.putIfAbsent(write(notice));
  }

  @Override
  public Optional<Notice> find(Subject subject, EventId id) {
    return table.read(ItemKeys.notice(subject, id)).map(item -> read(subject, id, item));
  }

  @Override
  public List<Addressee> addressees(Subject subject) {
    return table.partition(ItemKeys.partition(subject)).stream()
        .filter(item -> ItemKeys.factor(Values.text(item, "sk")).isPresent())
        .flatMap(item -> addressee(item).stream())
        .toList();
  }

  private static Optional<Addressee> addressee(Map<String, AttributeValue> item) {
    Factor factor = FactorItems.read(item);
    if (!factor.isActive() || !(factor.credential() instanceof Destination destination)) {
      return Optional.empty();
    }
    String locale =
        Challenge.newest(FactorItems.challenges(item))
            .map(Challenge::dispatch)
            .map(Dispatch::locale)
            .orElse(null);
    return Optional.of(new Addressee(factor.id(), destination, locale));
  }

  @Override
  public boolean claim(Notice notice, FactorId to, Instant now) {
    return table.update(
        new Change(
            ItemKeys.notice(notice.subject(), notice.id()),
            "attribute_exists(#pk) AND (attribute_not_exists(#to.#f) OR #to.#f <= :now)",
            "SET #to.#f = :hold",
            new Expression()
                .name("#f", to.text())
                .moment(":now", now)
                .moment(":hold", now.plus(Notice.CLAIM))));
  }

  @Override
  public void settle(Notice notice, FactorId to) {
    hold(notice, to, FOR_EVER);
  }

  @Override
  public void release(Notice notice, FactorId to) {
    hold(notice, to, Instant.EPOCH);
  }

  private void hold(Notice notice, FactorId to, Instant until) {
    table.update(
        new Change(
            ItemKeys.notice(notice.subject(), notice.id()),
            "attribute_exists(#pk)",
            "SET #to.#f = :hold",
            new Expression().name("#f", to.text()).moment(":hold", until)));
  }

  private static Map<String, AttributeValue> write(Notice notice) {
    Map<String, AttributeValue> item =
        new HashMap<>(ItemKeys.notice(notice.subject(), notice.id()));
    item.put("what", Values.text(notice.kind().wire()));
    item.put("at", Values.moment(notice.at()));
    Notice.About about = notice.about();
    if (about != null) {
      item.put("factor", Values.text(about.factor().wire()));
      Values.put(item, "about", about.hint());
    }
    item.put("to", AttributeValue.fromM(Map.of()));
    item.put(StileTable.TTL, Values.number(notice.at().plus(KEPT).getEpochSecond()));
    Addressee removed = notice.removed();
    if (removed != null) {
      item.put("gone", Values.text(removed.factor().text()));
      item.put("kind", Values.text(removed.destination().kind().wire()));
      FactorItems.write(item, removed.destination());
      Values.put(item, "loc", removed.locale());
    }
    return item;
  }

  private static Notice read(Subject subject, EventId id, Map<String, AttributeValue> item) {
    return new Notice(
        id,
        Notice.Kind.valueOf(Values.text(item, "what").toUpperCase(Locale.ROOT)),
        Values.moment(item, "at"),
        subject,
        item.containsKey("factor") ? about(item) : null,
        item.containsKey("gone") ? removed(item) : null);
  }

  private static Notice.About about(Map<String, AttributeValue> item) {
    return new Notice.About(
        FactorKind.ofWire(Values.text(item, "factor")).orElseThrow(),
        Values.optionalText(item, "about"));
  }

  private static Addressee removed(Map<String, AttributeValue> item) {
    return new Addressee(
        new FactorId(Values.text(item, "gone")),
        (Destination) FactorItems.credential(item),
        Values.optionalText(item, "loc"));
  }
}
