package dev.stile.challenge;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The sending of a code: which generation, how far it got, when it was asked for, and why it
/// failed.
public record Dispatch(
    int generation, Delivery delivery, Instant requested, @Nullable String reason, String locale)
    implements Prompt {
  /// How many codes one challenge may send, the first included.
  public static final int MAX_GENERATIONS = 3;

  /// A claim that nobody completed may be taken over after this many seconds.
  public static final int CLAIM_SECONDS = 30;

  public static Dispatch first(Instant now, String locale) {
    return new Dispatch(1, Delivery.QUEUED, now, null, locale);
  }

  public int resendsLeft() {
    return MAX_GENERATIONS - generation;
  }

  /// How far a message got. SENDING is a claim and shown as queued.
  public enum Delivery {
    QUEUED,
    SENDING,
    SENT,
    FAILED;

    public String wire() {
      return (this == SENDING ? QUEUED : this).name().toLowerCase(Locale.ROOT);
    }
  }
}
