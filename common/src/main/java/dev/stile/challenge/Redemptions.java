package dev.stile.challenge;

import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Failures;
import dev.stile.subject.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The write that decides on a recovery code: it compares, redeems or counts, under the delays of
/// any other guess. Nothing is read before it, and it is the same write for a right code and a
/// wrong one.
public interface Redemptions {
  /// `digest` is the keyed digest of what was typed.
  Redemption redeem(Presentation presentation, String digest);

  /// One recovery code that was presented, without the code. `id` is minted by the server for each
  /// call: it names the redemption, and lets a repeated write recognise itself.
  record Presentation(String id, Subject subject, Approval approval, Instant now) {}

  /// What came of it.
  sealed interface Redemption {
    /// Right, and gone by this very write. Only a store makes one.
    record Redeemed(Presentation presentation, int codesLeft) implements Redemption {}

    /// Wrong, and counted.
    record Rejected() implements Redemption {}

    /// Not judged: there is no code left, or none may be judged now.
    record Refused(Reason reason, Instant retryAt) implements Redemption {}
  }

  /// A set of codes as a refused write found it; `lastRequest` names the call that wrote last.
  record Found(int codes, Failures failures, @Nullable String lastRequest) {}

  /// Why a write's condition did not hold. The same for right and wrong codes: it never sees one.
  static Redemption explain(Presentation presentation, @Nullable Found found) {
    if (found == null) {
      return new Redemption.Refused(Reason.UNKNOWN, Instant.MAX);
    }
    if (presentation.id().equals(found.lastRequest())) {
      return outcome(presentation, found);
    }
    if (found.codes() == 0) {
      return new Redemption.Refused(Reason.UNKNOWN, Instant.MAX);
    }
    return found.failures().disabled()
        ? new Redemption.Refused(Reason.DISABLED, Instant.MAX)
        : new Redemption.Refused(Reason.DELAYED, found.failures().delayedUntil());
  }

  /// What the last write did: only a right code leaves no failures.
  static Redemption outcome(Presentation presentation, Found written) {
    return written.failures().count() == 0
        ? new Redemption.Redeemed(presentation, written.codes())
        : new Redemption.Rejected();
  }
}
