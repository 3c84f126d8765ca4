package dev.stile.factor.totp;

import dev.stile.factor.Code;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Secret;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.OptionalLong;

/// Finds the time step that a code belongs to. Every step of the window is computed and compared,
/// so that the time taken tells nothing of the match (R31).
public final class TotpCheck {
  /// For how many steps after a use the same digits are refused, though they belong to a later
  /// step: an onlooker may have seen them (R10).
  public static final int DIGITS_REFUSED_STEPS = 2;

  private final Hotp hotp;

  @Inject
  public TotpCheck(Hotp hotp) {
    this.hotp = hotp;
  }

  /// The current step and the one before (RFC 6238 §5.2), shifted by the drift learned at
  /// activation.
  public OptionalLong match(Secret seed, Totp totp, Code code, Instant now) {
    long current = totp.parameters().stepAt(now) + totp.progress().drift();
    return matchIn(seed, totp.parameters(), code, current - 1, current);
  }

  /// The same at activation, where the clock of the app is not known yet: one step more on either
  /// side.
  public OptionalLong matchFirst(Secret seed, Totp totp, Code code, Instant now) {
    long current = totp.parameters().stepAt(now);
    return matchIn(seed, totp.parameters(), code, current - 2, current + 1);
  }

  /// How many steps an app runs ahead, judged by the step that its first code belonged to.
  public static int drift(TotpParameters parameters, long step, Instant now) {
    long ahead = step - parameters.stepAt(now);
    return ahead == 1 ? 1 : ahead == -2 ? -1 : 0;
  }

  /// Whether a matched step may be used: later than the last, and not by digits just seen.
  public static boolean isFresh(TotpProgress progress, long step, String digest) {
    boolean later = step > progress.lastStep();
    boolean seen =
        digest.equals(progress.lastDigest()) && step <= progress.lastStep() + DIGITS_REFUSED_STEPS;
    return later && !seen;
  }

  private OptionalLong matchIn(
      Secret seed, TotpParameters parameters, Code code, long first, long last) {
    OptionalLong match = OptionalLong.empty();
    for (long step = Math.max(0, first); step <= last; step++) {
      if (Code.of(hotp.digits(seed, parameters, step)).equals(code)) {
        match = OptionalLong.of(step);
      }
    }
    return match;
  }
}
