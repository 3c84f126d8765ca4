package dev.stile.verifier;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers the proofs that were shown, so that a copied one is worth nothing (RFC 9449 §11.1).
@FunctionalInterface
public interface ProofLog {
  /// Of any number of calls for one proof until this moment, wherever they are made, at most one is
  /// answered with true. False also where it cannot be said.
  boolean isFirst(String proof, Instant until);

  /// One for a service that runs as a single process. What has more processes than one shares a
  /// store in place of it; an action that uses its grants up needs neither.
  static ProofLog inMemory(Clock clock) {
    return new InMemory(clock);
  }

  /// Full, it takes no proof until old ones have gone.
  final class InMemory implements ProofLog {
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<String, Instant> seen = new ConcurrentHashMap<>();

    private InMemory(Clock clock) {
      this.clock = clock;
    }

    @Override
    public boolean isFirst(String proof, Instant until) {
      if (seen.size() >= MOST) {
        Instant now = clock.instant();
        seen.values().removeIf(end -> !now.isBefore(end));
      }
      return seen.size() < MOST && seen.putIfAbsent(proof, until) == null;
    }
  }
}
