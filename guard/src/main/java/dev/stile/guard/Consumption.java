package dev.stile.guard;

import dev.stile.verifier.VerifiedGrant;

/// Uses grants up. One grant is what its issuer and its `jti` name, never the token's string: an
/// ES256 signature can be respelled by anyone.
@FunctionalInterface
public interface Consumption {
  /// Of any number of calls for one grant, at whatever time and place, at most one is answered with
  /// [Outcome#CONSUMED].
  Outcome consume(String token, VerifiedGrant grant);

  /// What came of it; only the first lets anything happen.
  enum Outcome {
    CONSUMED,
    /// By somebody before.
    USED,
    /// The issuer does not take it any more: revoked, or ended meanwhile.
    REFUSED,
    /// It cannot be said.
    UNAVAILABLE
  }
}
