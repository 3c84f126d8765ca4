package dev.stile.factor.totp;

import dev.stile.factor.TotpParameters;
import dev.stile.key.Secret;

/// The primitive of RFC 4226 §5.3, as digits with their leading zeros.
public interface Hotp {
  String digits(Secret seed, TotpParameters parameters, long step);
}
