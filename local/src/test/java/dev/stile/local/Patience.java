package dev.stile.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The one place where tests wait for what happens elsewhere.
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = 5_000_000;

  private Patience() {}

  /// What `look` finds, asked again and again until it finds something.
  ///
  /// @throws AssertionError if it takes too long
  static <T> T until(String what, Supplier<Optional<T>> look) {
    return until(what, LONGEST, look);
  }

  static <T> T until(String what, Duration longest, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("waited " + longest + " in vain: " + what);
  }

  static void untilTrue(String what, Supplier<Boolean> look) {
    until(what, () -> Optional.of(true).filter(any -> look.get()));
  }
}
