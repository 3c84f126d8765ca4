package dev.stile.notice;

import dev.stile.audit.EventId;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A change that its subject is to be told of, by the id of its event. The destination that was
/// removed is told as well, though the account does not have it any more. About no factor where a
/// recovery code was used.
public record Notice(
    EventId id,
    Kind kind,
    Instant at,
    Subject subject,
    @Nullable About about,
    @Nullable Addressee removed) {
  /// A notice that could not be sent for so long is history.
  public static final Duration LIFETIME = Duration.ofDays(1);

  /// How long a claim on the sending to one destination holds.
  public static final Duration CLAIM = Duration.ofSeconds(30);

  /// The changes that are told.
  public enum Kind {
    FACTOR_ADDED,
    FACTOR_REMOVED,
    FACTOR_DISABLED,
    RECOVERY_USED;

    /// The name in the policy and in the table.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The factor that changed, as its owner knows it.
  public record About(FactorKind factor, @Nullable String hint) {}
}
