package dev.stile.factor.webauthn;

import dev.stile.factor.CredentialRecord;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies the responses of authenticators, every step of WebAuthn Level 3 §7.1 and §7.2 that
/// needs no store. Whoever calls consumes the challenge first, keeps credential ids unique, and
/// writes the new counter under a condition. Nothing that a client sends makes it throw: what
/// cannot be read is refused as malformed.
public interface Ceremonies {
  Registration register(Ceremony ceremony, AttestationPolicy policy, AttestationResponse response);

  /// `known` is the record of the credential that the response names.
  Authentication authenticate(
      Ceremony ceremony, CredentialRecord known, AssertionResponse response);

  /// `RegistrationResponseJSON` as it came, its base64url decoded.
  record AttestationResponse(
      Bytes id, Bytes clientData, Bytes attestationObject, Set<String> transports) {
    public AttestationResponse {
      transports = Set.copyOf(transports);
    }
  }

  /// `AuthenticationResponseJSON` as it came, its base64url decoded.
  record AssertionResponse(
      Bytes id,
      Bytes clientData,
      Bytes authenticatorData,
      Bytes signature,
      @Nullable Bytes userHandle) {
    /// Over all of it, to know it again.
    public Bytes digest() {
      byte[] user = userHandle == null ? new byte[0] : userHandle.array();
      return Bytes.of(
          Fields.digest(
              id.array(), clientData.array(), authenticatorData.array(), signature.array(), user));
    }
  }

  /// What came of a registration.
  sealed interface Registration {
    record Registered(CredentialRecord credential) implements Registration {}

    record Refused(Refusal why) implements Registration {}
  }

  /// What came of an authentication. The counter is the one that was asserted (§7.2 step 22), for
  /// the caller to write.
  sealed interface Authentication {
    record Authenticated(boolean userVerified, boolean backedUp, long signCount)
        implements Authentication {}

    record Refused(Refusal why) implements Authentication {}
  }

  /// Which step of the ceremony failed; for logs and audit, never told to the caller.
  enum Refusal {
    MALFORMED,
    TYPE,
    CHALLENGE,
    ORIGIN,
    CROSS_ORIGIN,
    RELYING_PARTY,
    USER_PRESENCE,
    USER_VERIFICATION,
    BACKUP_STATE,
    ALGORITHM,
    PUBLIC_KEY,
    SIGNATURE,
    CREDENTIAL,
    USER_HANDLE,
    /// Did not grow although it counts: a cloned authenticator, perhaps (§7.2 step 22).
    COUNTER,
    ATTESTATION,
    /// The policy does not take this model.
    AUTHENTICATOR
  }
}
