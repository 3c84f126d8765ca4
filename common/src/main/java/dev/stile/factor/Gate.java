package dev.stile.factor;

import java.time.Duration;
import java.time.Instant;

/// What lets a change of factors through, held as a condition of the change's own transaction.
public sealed interface Gate {
  /// Nothing was ever enrolled; a fresh primary login suffices.
  record FirstFactor() implements Gate {}

  /// A grant for managing factors, named by its `jti`; the change burns it.
  sealed interface Grant extends Gate {
    String jti();

    Instant expires();
  }

  /// A grant at the level that the account reaches: it serves every change.
  record Granted(String jti, Instant expires) implements Grant {}

  /// A grant that a recovery code was given for. It binds one factor and serves no other change;
  /// the factor is capped at the level of recovery for this long.
  record Recovered(String jti, Instant expires) implements Grant {
    public static final Duration CAP = Duration.ofHours(24);
  }
}
