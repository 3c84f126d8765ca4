package dev.stile.challenge;

import dev.stile.factor.Factor;
import java.time.Instant;

/// What came of judging one answer. Every arm is an expected answer; anything else (store down, key
/// service refused) is thrown.
public sealed interface Verification {
  /// Right, written, and ended by this very write. Only a store makes one.
  record Verified(Challenge challenge, Factor factor) implements Verification {}

  /// Wrong, and counted.
  record Rejected(int attemptsLeft, Cause cause) implements Verification {}

  /// Not judged, since there is nothing to judge or it may not be judged now.
  record Refused(Reason reason, Instant retryAt) implements Verification {}

  /// The factor moved on between the read and the write; judge again by what it is now.
  record Overtaken(Factor factor) implements Verification {}

  enum Cause {
    INCORRECT,
    /// The code was right and this same principal has used it.
    ALREADY_USED,
    /// What an authenticator sent does not verify; which step failed is not told.
    NOT_VERIFIED
  }

  enum Reason {
    UNKNOWN,
    /// The client's idempotency key was used with another code.
    MISMATCH,
    NOT_READY,
    COMPLETED,
    EXPIRED,
    DELAYED,
    DISABLED,
    EXHAUSTED
  }

  static Verification refused(Reason reason) {
    return new Refused(reason, Instant.MAX);
  }
}
