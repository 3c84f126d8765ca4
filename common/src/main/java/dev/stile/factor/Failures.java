package dev.stile.factor;

import java.time.Duration;
import java.time.Instant;

/// Consecutive wrong guesses against one factor, across challenges and resends. The fifth delays
/// the factor by 30 s, each further one twice as long up to an hour, the fiftieth disables it (NIST
/// SP 800-63B §3.2.2 allows 100). Only a success resets the count.
public record Failures(int count, Instant last) {
  public static final Failures NONE = new Failures(0, Instant.EPOCH);
  public static final int FIRST_DELAYED = 5;
  public static final int DISABLED_AT = 50;

  /// From this count on every delay is the longest.
  public static final int LONGEST_DELAY_AT = 12;

  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(30);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  public static Duration delayAfter(int count) {
    if (count < FIRST_DELAYED) {
      return Duration.ZERO;
    }
    return count >= LONGEST_DELAY_AT
        ? LONGEST_DELAY
        : SHORTEST_DELAY.multipliedBy(1L << (count - FIRST_DELAYED));
  }

  public boolean disabled() {
    return count >= DISABLED_AT;
  }

  public Instant delayedUntil() {
    return last.plus(delayAfter(count));
  }

  /// Whether a guess is judged at all at this moment.
  public boolean admitsGuess(Instant now) {
    return !disabled() && !now.isBefore(delayedUntil());
  }

  public Failures plusOne(Instant now) {
    return new Failures(count + 1, now);
  }
}
