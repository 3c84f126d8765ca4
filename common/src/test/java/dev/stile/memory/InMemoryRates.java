package dev.stile.memory;

import dev.stile.subject.Tenant;
import dev.stile.throttle.Rates;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Counters of fixed windows, which begin at multiples of their length since the epoch.
public final class InMemoryRates implements Rates {
  private final Map<Counter, Integer> counts = new HashMap<>();

  @Override
  public synchronized Optional<Instant> take(
      Tenant tenant, String scope, String key, Window window, Instant now) {
    var counter = Counter.of(tenant, scope, key, window, now);
    Optional<Instant> full = fullUntil(counter, window);
    if (full.isEmpty()) {
      count(counter);
    }
    return full;
  }

  /// When the window ends, if there is no room left in it.
  synchronized Optional<Instant> fullUntil(Counter counter, Window window) {
    return counts.getOrDefault(counter, 0) < window.count()
        ? Optional.empty()
        : Optional.of(counter.start().plus(counter.per()));
  }

  synchronized void count(Counter counter) {
    counts.merge(counter, 1, Integer::sum);
  }

  record Counter(Tenant tenant, String scope, String key, Duration per, Instant start) {
    static Counter of(Tenant tenant, String scope, String key, Window window, Instant now) {
      long per = window.per().toMillis();
      long start = Math.floorDiv(now.toEpochMilli(), per) * per;
      return new Counter(tenant, scope, key, window.per(), Instant.ofEpochMilli(start));
    }
  }
}
