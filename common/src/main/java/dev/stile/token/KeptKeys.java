package dev.stile.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Published keys for whoever verifies often: a reading is kept for a minute, unless it is empty,
/// for where nothing was signed yet the first key may come at any moment.
public final class KeptKeys implements PublishedKeys {
  public static final Duration KEPT = Duration.ofMinutes(1);

  private final PublishedKeys source;
  private final Clock clock;
  private volatile @Nullable Reading last;

  public KeptKeys(PublishedKeys source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public List<PublishedKey> all() {
    Instant now = clock.instant();
    Reading reading = last;
    if (reading == null || !reading.isFreshAt(now)) {
      reading = new Reading(source.all(), now);
      last = reading;
    }
    return reading.keys();
  }

  private record Reading(List<PublishedKey> keys, Instant at) {
    boolean isFreshAt(Instant now) {
      return !keys.isEmpty() && !now.isBefore(at) && now.isBefore(at.plus(KEPT));
    }
  }
}
