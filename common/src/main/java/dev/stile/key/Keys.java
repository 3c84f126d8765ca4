package dev.stile.key;

import dev.stile.subject.Tenant;
import javax.crypto.SecretKey;

/// The symmetric keys of a tenant, by use and epoch. An epoch is 0 to 65535 and travels with
/// whatever was made under it, so that a change of keys breaks nothing that is under way.
public interface Keys {
  /// The first epoch, which is never withdrawn: blinded destinations must stay comparable.
  int FIRST_EPOCH = 1;

  /// The epoch under which new things are made.
  int currentEpoch(Tenant tenant);

  /// @throws KeyUnavailable if the key service does not answer, refuses, or never had that epoch
  SecretKey key(Tenant tenant, KeyUse use, int epoch);

  /// Thrown where a key cannot be had now; the answer to the caller is 503.
  final class KeyUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyUnavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public KeyUnavailable(String message) {
      super(message);
    }
  }
}
