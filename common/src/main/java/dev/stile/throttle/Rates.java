package dev.stile.throttle;

import dev.stile.subject.Tenant;
import java.time.Instant;
import java.util.Optional;

/// Counts what may happen only so often in a fixed window.
public interface Rates {
  /// Counts one, or says when the window ends in which there was no room.
  Optional<Instant> take(
      Tenant tenant, String scope, String key, SendLimits.Window window, Instant now);
}
