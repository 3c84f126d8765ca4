package dev.stile.factor.recovery;

import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The store of recovery codes, one set for a subject. Redeeming one is a verdict and not this
/// port's.
public interface RecoveryCodes {
  /// How many codes a set has.
  int SET_SIZE = 10;

  /// What is left of the set, if one was ever made; read consistently.
  Optional<Remaining> remaining(Subject subject);

  /// Puts a new set in place of the old one, whose codes and failures are gone with it, and burns
  /// the grant, in one transaction. A grant that a recovery code was given for is none of these.
  Replacement replace(Subject subject, Set<String> digests, Gate.Granted grant, Instant now);

  /// The codes that were not used yet, when the set was made, and the wrong guesses against it.
  record Remaining(int codes, Instant made, Failures failures) {}

  /// What came of replacing.
  enum Replacement {
    DONE,
    GRANT_CONSUMED,
    /// No factor is active, so that there is nothing to recover.
    NO_FACTOR
  }
}
