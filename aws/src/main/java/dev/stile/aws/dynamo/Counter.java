package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits.Window;
import java.time.Instant;

/// One fixed window of one limit, as an item that counts up to it.
record Counter(Tenant tenant, String scope, String key, Window window, Instant now) {
  private long index() {
    return Math.floorDiv(now.toEpochMilli(), window.per().toMillis());
  }

  Instant ends() {
    return Instant.ofEpochMilli((index() + 1) * window.per().toMillis());
  }

  Change increment() {
    var itemKey = ItemKeys.key("R#%s#%s#%s".formatted(scope, tenant.id(), key), "W#" + index());
    return new Change(
        itemKey,
        "attribute_not_exists(#n) OR #n < :limit",
        "SET #n = if_not_exists(#n, :zero) + :one, #ttl = :ttl",
        new Expression()
            .number(":limit", window.count())
            .number(":zero", 0)
            .number(":one", 1)
            .number(":ttl", ends().plus(window.per()).getEpochSecond()));
  }
}
