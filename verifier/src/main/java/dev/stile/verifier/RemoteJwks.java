package dev.stile.verifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The issuer's published keys, cached. A set is used for 5 minutes and no longer, failures
/// included: within that time a revoked key stops working everywhere. Fetching happens on the
/// thread that needs it, one at a time, since a frozen Lambda runs nothing in the background.
final class RemoteJwks implements KeySource {
  static final Duration AGE_LIMIT = Duration.ofMinutes(5);

  /// From here on one caller fetches while the others go on with what there is, so that a short
  /// outage of the issuer is not seen by anyone.
  static final Duration REFRESH_AFTER = Duration.ofMinutes(2);

  /// Between two attempts, successful or not: tokens with invented key ids must not become
  /// requests.
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final PublishedKeys published;
  private final Clock clock;
  private final ReentrantLock flight = new ReentrantLock();
  private volatile Snapshot held = new Snapshot(Map.of(), Instant.MIN);
  private volatile Instant lastAttempt = Instant.MIN;

  RemoteJwks(PublishedKeys published, Clock clock) {
    this.published = published;
    this.clock = clock;
  }

  static RemoteJwks of(Issuer issuer, Clock clock) {
    return new RemoteJwks(new JwksEndpoint(issuer.jwks(), JwksEndpoint.TIMEOUT), clock);
  }

  @Override
  public Lookup find(String kid) {
    Snapshot seen = held;
    Instant now = clock.instant();
    if (!(seen.find(kid, now) instanceof Lookup.Found)) {
      refresh(seen);
    } else if (!seen.isYoungerThan(REFRESH_AFTER, now) && flight.tryLock()) {
      refreshAndUnlock(seen);
    }
    return held.find(kid, clock.instant());
  }

  private void refresh(Snapshot seen) {
    if (mayFetch()) {
      flight.lock();
      refreshAndUnlock(seen);
    }
  }

  private void refreshAndUnlock(Snapshot seen) {
    try {
      if (held.asOf().equals(seen.asOf()) && mayFetch()) {
        fetch();
      }
    } finally {
      flight.unlock();
    }
  }

  /// The age counts from before the request, since the answer may be as old as that.
  private void fetch() {
    Instant started = clock.instant();
    try {
      Optional<Map<String, VerificationKey>> keys = published.fetch();
      keys.ifPresent(set -> held = new Snapshot(set, started));
    } finally {
      lastAttempt = started;
    }
  }

  private boolean mayFetch() {
    return !isWithin(PAUSE, lastAttempt, clock.instant());
  }

  /// A clock that was set back makes an instant of the future: not within anything.
  private static boolean isWithin(Duration limit, Instant start, Instant now) {
    return !now.isBefore(start) && Duration.between(start, now).compareTo(limit) < 0;
  }

  private record Snapshot(Map<String, VerificationKey> keys, Instant asOf) {
    boolean isYoungerThan(Duration limit, Instant now) {
      return isWithin(limit, asOf, now);
    }

    Lookup find(String kid, Instant now) {
      if (!isYoungerThan(AGE_LIMIT, now)) {
        return new Lookup.Unavailable();
      }
      VerificationKey key = keys.get(kid);
      return key == null ? new Lookup.Unknown() : new Lookup.Found(key);
    }
  }
}
