package dev.stile.challenge;

import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Factor;
import dev.stile.factor.Failures;
import org.jspecify.annotations.Nullable;

/// The writes that decide on a code which comes together with its question. One conditional write
/// opens the challenge, judges and ends it, so that no challenge is ever left open: it takes one
/// guess and occupies no place among the live ones. The factor's delays and its used time steps are
/// conditions of that write as of any verdict's.
public interface DirectVerdicts {
  /// Approves by a time step found right beforehand, unless that step or its digits were used
  /// meanwhile. `asked` is the challenge as it would be opened, of an id that is nowhere else.
  Verification accept(Attempt attempt, Challenge asked, TotpUse use);

  /// Counts a wrong guess. The challenge is kept as failed, for the audit.
  Verification reject(Attempt attempt, Challenge asked);

  /// The same on the decoy of a subject without a factor, which is kept with its first challenge.
  Verification rejectDecoy(Attempt attempt, Challenge asked, Factor decoy);

  /// Why a write's condition did not hold, told from the factor that it found and, where it is
  /// there already, the challenge: only a repeated write of this very call can have put it there.
  static Verification explain(Attempt attempt, @Nullable Challenge own, Factor factor) {
    if (own != null) {
      return Verdicts.explain(attempt, own, factor);
    }
    Failures failures = factor.failures();
    if (failures.disabled()) {
      return Verification.refused(Reason.DISABLED);
    }
    return failures.admitsGuess(attempt.now())
        ? new Verification.Overtaken(factor)
        : new Verification.Refused(Reason.DELAYED, failures.delayedUntil());
  }
}
