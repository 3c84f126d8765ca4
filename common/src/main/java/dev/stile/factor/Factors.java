package dev.stile.factor;

import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;

/// The store of factors. Every rule about state is a condition of the write that it guards; reads
/// are consistent.
public interface Factors {
  Account account(Subject subject);

  Optional<Factor> find(Subject subject, FactorId id);

  /// Keeps a pending factor. The gate is checked and not burnt: its activation burns it.
  Change add(Subject subject, Factor pending, Gate gate);

  /// A new label for a factor that is there.
  boolean rename(Subject subject, FactorId id, String label);

  /// Makes an active factor the preferred one.
  boolean prefer(Subject subject, FactorId id);

  /// Removes a proven factor and burns the gate, unless it is the last one.
  Change remove(Subject subject, FactorId id, Gate.Granted gate, Instant now);

  /// Notes when a factor was used; false where a later use is known or the factor is gone. In
  /// whatever order uses are told and however often, the last one stays.
  boolean noteUse(Subject subject, FactorId id, Instant at);

  /// Drops a factor that was never proven.
  boolean abandon(Subject subject, FactorId id);

  /// What came of a change.
  enum Change {
    DONE,
    /// A factor was proven meanwhile, so a grant is needed.
    GRANT_NEEDED,
    GRANT_CONSUMED,
    LAST_FACTOR,
    /// Not there, or not in the state that the change is for.
    GONE
  }
}
