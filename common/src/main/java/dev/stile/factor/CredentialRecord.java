package dev.stile.factor;

import dev.stile.key.Bytes;
import java.util.Set;
import java.util.UUID;

/// What is kept of a registered credential (WebAuthn Level 3 §4, "credential record"). The public
/// key is the COSE key as it was attested.
public record CredentialRecord(
    Bytes id, Bytes publicKey, long signCount, Backup backup, Authenticator authenticator) {
  /// WebAuthn Level 3 §7.1 step 25.
  public static final int MAX_ID_BYTES = 1023;

  public CredentialRecord {
    if (id.length() == 0 || id.length() > MAX_ID_BYTES) {
      throw new IllegalArgumentException("a credential id has 1 to 1023 bytes");
    }
  }

  /// Whether the credential may leave its authenticator, and whether it has (flags BE and BS).
  public record Backup(boolean eligible, boolean state) {}

  /// The device: its model, how it said that it can be reached, the format of its attestation, and
  /// whether it has verified its user at registration.
  public record Authenticator(
      UUID aaguid, Set<String> transports, String attestation, boolean userVerified) {
    /// The format where nothing was attested.
    private static final String UNATTESTED = "none";

    public Authenticator {
      transports = Set.copyOf(transports);
    }

    /// Whether its maker vouches for it, by a certificate that the policy trusts.
    public boolean isAttested() {
      return !attestation.equals(UNATTESTED);
    }
  }
}
