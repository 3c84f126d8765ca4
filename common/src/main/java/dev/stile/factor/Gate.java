package dev.stile.factor;

import java.time.Instant;

/// What lets a change of factors through, held as a condition of the change's own transaction.
public sealed interface Gate {
  /// Nothing was ever enrolled; a fresh primary login suffices.
  record FirstFactor() implements Gate {}

  /// A grant for managing factors, named by its `jti`; the change burns it.
  record Granted(String jti, Instant expires) implements Gate {}
}
