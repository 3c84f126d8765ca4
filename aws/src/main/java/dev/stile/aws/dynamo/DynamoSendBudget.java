package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendBudget;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// All limits of one send in one transaction. The last ten sends to a destination are attributes
/// `s1` (the newest) to `s10`, moved along by the update itself, so that "3 in 10 minutes" is the
/// condition `s3 <= now - 10 min`, true over any stretch of time and without a read.
public final class DynamoSendBudget implements SendBudget {
  private static final String SHIFT = shift();
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final StileTable table;

  @Inject
  public DynamoSendBudget(StileTable table) {
    this.table = table;
  }

  private static String shift() {
    var update = new StringBuilder("SET #s1 = :now, #ttl = :ttl");
    for (int i = 2; i <= SendLimits.REMEMBERED; i++) {
      update.append(", #s%d = if_not_exists(#s%d, :never)".formatted(i, i - 1));
    }
    return update.toString();
  }

  @Override
  public Reservation reserve(Send send, SendLimits limits, Instant now) {
    Tenant tenant = send.subject().tenant();
    List<Counter> counters =
        List.of(
            new Counter(tenant, "user", send.subject().id(), limits.perUser(), now),
            new Counter(tenant, "prefix", send.addressPrefix(), limits.perPrefix(), now),
            new Counter(tenant, "tenant", "", limits.perTenant(), now));
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(table.updating(log(send, limits, now)));
    counters.forEach(counter -> items.add(table.updating(counter.increment())));
    return table.transact(
        Reservation.Reserved::new,
        refusal ->
            refusal.index() == 0
                ? explain(refusal.found(), limits, now)
                : new Reservation.Capped(counters.get(refusal.index() - 1).ends()),
        items.toArray(TransactWriteItem[]::new));
  }

  private static Change log(Send send, SendLimits limits, Instant now) {
    var expression =
        new Expression()
            .moment(":now", now)
            .number(":never", 0)
            .number(":ttl", now.plus(REMEMBERED).getEpochSecond())
            .moment(":paused", now.minus(limits.pause()));
    var condition = new StringBuilder("(attribute_not_exists(#s1) OR #s1 <= :paused");
    for (Window window : limits.perDestination()) {
      String value = ":w" + window.count();
      expression.moment(value, now.minus(window.per()));
      condition.append(" AND #s%d <= %s".formatted(window.count(), value));
    }
    String key = "R#dest#" + send.subject().tenant().id() + "#" + send.destinationIndex();
    return new Change(
        ItemKeys.key(key, "SENDS"), condition.append(')').toString(), SHIFT, expression);
  }

  private static Reservation explain(
      Map<String, AttributeValue> found, SendLimits limits, Instant now) {
    Instant paused = Values.moment(found, "s1").plus(limits.pause());
    Instant until = paused;
    for (Window window : limits.perDestination()) {
      Instant free = Values.moment(found, "s" + window.count()).plus(window.per());
      until = free.isAfter(until) ? free : until;
    }
    return until.equals(paused) && now.isBefore(paused)
        ? new Reservation.TooSoon(paused)
        : new Reservation.Capped(until);
  }
}
