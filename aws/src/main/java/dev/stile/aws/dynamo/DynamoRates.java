package dev.stile.aws.dynamo;

import dev.stile.subject.Tenant;
import dev.stile.throttle.Rates;
import dev.stile.throttle.SendLimits.Window;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/// Fixed windows, one conditional increment each.
public final class DynamoRates implements Rates {
  private final StileTable table;

  @Inject
  public DynamoRates(StileTable table) {
    this.table = table;
  }

  @Override
  public Optional<Instant> take(
      Tenant tenant, String scope, String key, Window window, Instant now) {
    var counter = new Counter(tenant, scope, key, window, now);
    return table.update(
        counter.increment(), item -> Optional.empty(), item -> Optional.of(counter.ends()));
  }
}
