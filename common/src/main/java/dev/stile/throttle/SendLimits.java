package dev.stile.throttle;

import java.time.Duration;
import java.util.List;

/// How many messages may be sent. `perDestination` is exact over any stretch of time; the caps
/// count in fixed windows.
public record SendLimits(
    Duration pause,
    List<Window> perDestination,
    Window perUser,
    Window perPrefix,
    Window perTenant) {
  /// How many sends to one destination are remembered, and so the most that a window may allow.
  public static final int REMEMBERED = 10;

  public SendLimits {
    perDestination = List.copyOf(perDestination);
    if (perDestination.stream().anyMatch(w -> w.count() > REMEMBERED)) {
      throw new IllegalArgumentException("a destination's window allows at most 10 sends");
    }
  }

  /// So many in so long.
  public record Window(int count, Duration per) {
    public Window {
      if (count < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException("a window allows at least 1 in a positive time");
      }
    }
  }
}
