package dev.stile.factor;

/// Enrollment: pending until a first code proves it. That a factor is disabled follows from its
/// failures.
public enum FactorState {
  PENDING,
  ACTIVE
}
