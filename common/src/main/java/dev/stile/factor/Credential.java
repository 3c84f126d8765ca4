package dev.stile.factor;

import dev.stile.key.Sealed;
import org.jspecify.annotations.Nullable;

/// What a factor is made of. A new kind is one record here; the compiler then lists every place
/// that has to know it.
public sealed interface Credential {
  FactorKind kind();

  /// A seed in an authenticator app.
  record Totp(Sealed seed, TotpParameters parameters, TotpProgress progress) implements Credential {
    @Override
    public FactorKind kind() {
      return FactorKind.TOTP;
    }
  }

  /// A phone or a mailbox. The hint is the masked destination; the index is its keyed digest, for
  /// limits and uniqueness.
  record Destination(FactorKind kind, Sealed address, String hint, String index)
      implements Credential {
    public Destination {
      if (!kind.isOutOfBand()) {
        throw new IllegalArgumentException("nothing is sent to " + kind);
      }
    }
  }

  /// Where an authenticator app stands: the last step used, the digest of its digits and who used
  /// it, and the drift of its clock in steps, learned at activation only.
  record TotpProgress(
      long lastStep, @Nullable String lastDigest, @Nullable String lastPrincipal, int drift) {
    public static final TotpProgress NEW = new TotpProgress(-1, null, null, 0);
  }
}
