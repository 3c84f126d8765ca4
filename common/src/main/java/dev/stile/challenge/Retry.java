package dev.stile.challenge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What lets a client ask again for a verdict whose answer it lost: the keyed digests of its
/// idempotency key, and of key and answer together. The verdict's own write keeps them, so that a
/// repeated call changes nothing and is told the same.
public record Retry(String key, String answer) {
  /// How long a verdict is told again.
  public static final Duration WINDOW = Duration.ofSeconds(60);

  /// Whether a call is a repetition of the one that these were kept of.
  static boolean isOf(@Nullable Retry asked, Challenge.Progress kept, Instant now) {
    Instant last = kept.lastVerdict();
    return asked != null
        && kept.retry() != null
        && asked.key().equals(kept.retry().key())
        && last != null
        && now.isBefore(last.plus(WINDOW));
  }
}
