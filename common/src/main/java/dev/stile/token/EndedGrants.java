package dev.stile.token;

import dev.stile.subject.Subject;

/// The store of what ends a grant before its time: that it was used up, that it was revoked, that
/// all of its subject's were. A grant is known by its `jti`, never by its text, which can be
/// respelled (R22).
public interface EndedGrants {
  /// Uses the grant up, once, unless it was revoked; in one transaction.
  Consumption consume(Subject subject, Grant grant);

  /// Ends the grant. One that has ended stays as it is.
  void revoke(Grant grant);

  /// Whether it was neither used up nor revoked; read consistently.
  boolean stands(Subject subject, Grant grant);

  /// Ends all grants of the subject by beginning its next epoch, and with them the challenges that
  /// were asked before and are still open, which would lead to more.
  void revokeAll(Subject subject);

  /// What came of using one up.
  enum Consumption {
    CONSUMED,
    /// By a call before this one.
    USED,
    REVOKED
  }
}
