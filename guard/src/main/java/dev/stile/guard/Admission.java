package dev.stile.guard;

import dev.stile.verifier.VerifiedGrant;

/// What came of asking the guard. Only the first lets anything happen.
public sealed interface Admission {
  /// The user approved exactly this, and the grant is used up if it serves once.
  record Admitted(VerifiedGrant grant) implements Admission {}

  /// Send this, and do nothing.
  record TurnedAway(Answer answer) implements Admission {}
}
