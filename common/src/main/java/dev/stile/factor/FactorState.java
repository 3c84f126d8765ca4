package dev.stile.factor;

/// Enrollment: pending until a first code proves it. That a factor is disabled follows from its
/// failures.
public enum FactorState {
  PENDING,
  ACTIVE,
  /// Stands in for the factor of a user who has none, and is never right (ADR 0013).
  DECOY
}
