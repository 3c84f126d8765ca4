package dev.stile.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The clock of a server in this process, to the millisecond: wall time and what was added to it
/// here.
final class Time extends Clock {
  private final Api api;
  private volatile Duration moved = Duration.ZERO;

  Time(Api api) {
    this.api = api;
  }

  void advance(Duration step) {
    api.post("/local/clock", Body.of("advance", step.toString())).is(200);
    moved = moved.plus(step);
  }

  /// Moves on to this moment, unless it is over already.
  void until(Instant moment) {
    Duration left = Duration.between(instant(), moment);
    if (left.isPositive()) {
      advance(left);
    }
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(moved);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the clock is in UTC");
  }
}
