package dev.stile.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Wall time, moved forward by as much as was asked for. What was enrolled in a moved time needs it
/// again, so the offset is kept with the data.
final class LocalClock extends Clock {
  private static final Duration MAX_STEP = Duration.ofDays(3650);

  private final Clock wall;
  private final @Nullable Path file;
  private final AtomicReference<Duration> offset;

  LocalClock(Clock wall, @Nullable Path file) {
    this.wall = wall;
    this.file = file;
    this.offset = new AtomicReference<>(read(file));
  }

  /// @throws IllegalArgumentException if that would go back, or beyond ten years at once
  Instant advance(Duration step) {
    if (step.isNegative() || step.compareTo(MAX_STEP) > 0) {
      throw new IllegalArgumentException("the clock moves forward only, ten years at most");
    }
    write(offset.updateAndGet(now -> now.plus(step)));
    return instant();
  }

  @Override
  public Instant instant() {
    return wall.instant().plus(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the local clock is in UTC");
  }

  private static Duration read(@Nullable Path file) {
    try {
      return file != null && Files.exists(file)
          ? Duration.parse(Files.readString(file).strip())
          : Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Duration moved) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, moved + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
