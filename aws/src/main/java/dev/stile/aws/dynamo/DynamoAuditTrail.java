package dev.stile.aws.dynamo;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.About;
import dev.stile.audit.AuditRecord.Outcome;
import dev.stile.audit.AuditRecord.What;
import dev.stile.audit.AuditTrail;
import dev.stile.audit.EventId;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records in a partition of their own beside the subject's, in the order of their moments: nothing
/// that a verdict reads grows with them.
public final class DynamoAuditTrail implements AuditTrail {
  private final StileTable table;

  @Inject
  public DynamoAuditTrail(StileTable table) {
    this.table = table;
  }

  @Override
  public boolean append(AuditRecord entry) {
    return table.putIfAbsent(write(entry));
  }

  /// From just behind the oldest that is kept up to just before the cursor. In a range the ends
  /// count, and no key ends as these do.
  @Override
  public Page page(Subject subject, @Nullable Cursor after, int limit, Instant now) {
    Instant oldest = now.minus(AuditRecord.RETENTION).plusMillis(1);
    String from = moment(oldest);
    String to = after == null ? "~" : position(after.at(), after.id());
    if (from.compareTo(to) > 0) {
      return new Page(List.of(), null);
    }
    var found =
        table
            .client()
            .query(query ->
                query
                    .tableName(table.name())
                    .consistentRead(true)
                    .scanIndexForward(false)
                    .limit(limit + 2)
                    .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "sk"))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", Values.text(ItemKeys.audit(subject)),
                            ":from", Values.text(from),
                            ":to", Values.text(to))));
    return Page.of(
        found.items().stream()
            .filter(item -> !Values.text(item, "sk").equals(to))
            .limit(limit + 1L)
            .map(item -> read(subject, item))
            .toList(),
        limit);
  }

  /// Digits of one length, so that texts sort as moments do.
  private static String moment(Instant at) {
    return String.format(Locale.ROOT, "%015d", at.toEpochMilli());
  }

  private static String position(Instant at, EventId id) {
    return moment(at) + "#" + id.text();
  }

  private static Map<String, AttributeValue> write(AuditRecord entry) {
    Map<String, AttributeValue> item =
        new HashMap<>(
            ItemKeys.key(ItemKeys.audit(entry.subject()), position(entry.at(), entry.id())));
    item.put("id", Values.text(entry.id().text()));
    item.put("at", Values.moment(entry.at()));
    item.put("type", Values.text(entry.what().type()));
    item.put("out", Values.text(entry.what().outcome().wire()));
    FactorId factor = entry.about().factor();
    FactorKind kind = entry.about().kind();
    ChallengeId challenge = entry.about().challenge();
    Values.put(item, "factor", factor == null ? null : factor.text());
    Values.put(item, "kind", kind == null ? null : kind.wire());
    Values.put(item, "why", entry.what().reason());
    Values.put(item, "challenge", challenge == null ? null : challenge.text());
    Values.put(item, "act", entry.about().action());
    Call call = entry.call();
    if (call != null) {
      Values.put(item, "cl", call.client());
      Values.put(item, "req", call.request());
    }
    Instant swept = entry.at().plus(AuditRecord.RETENTION);
    item.put(StileTable.TTL, Values.number(swept.getEpochSecond()));
    return item;
  }

  private static AuditRecord read(Subject subject, Map<String, AttributeValue> item) {
    @Nullable String challenge = Values.optionalText(item, "challenge");
    @Nullable String factor = Values.optionalText(item, "factor");
    return new AuditRecord(
        new EventId(Values.text(item, "id")),
        Values.moment(item, "at"),
        subject,
        new What(
            Values.text(item, "type"),
            Outcome.valueOf(Values.text(item, "out").toUpperCase(Locale.ROOT)),
            Values.optionalText(item, "why")),
        new About(
            factor == null ? null : new FactorId(factor),
            factor == null ? null : FactorKind.ofWire(Values.text(item, "kind")).orElseThrow(),
            challenge == null ? null : new ChallengeId(challenge),
            Values.optionalText(item, "act")),
        item.containsKey("cl")
            ? new Call(Values.text(item, "cl"), Values.text(item, "req"))
            : null);
  }
}
