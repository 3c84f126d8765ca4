package dev.stile.factor;

import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.key.Sealed;
import java.time.Instant;
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

  /// A passkey or security key that is being registered: what its ceremony expects, which principal
  /// began it, and which call has used the challenge up.
  record PendingPasskey(
      PasskeyScope scope,
      Bytes challenge,
      boolean userVerification,
      String owner,
      @Nullable String usedBy)
      implements Credential {
    @Override
    public FactorKind kind() {
      return FactorKind.WEBAUTHN;
    }
  }

  /// A passkey or security key: whether its last use verified its user, and since when its counter
  /// says that it may have been copied.
  record Passkey(
      PasskeyScope scope,
      CredentialRecord record,
      boolean userVerified,
      @Nullable Instant regressed)
      implements Credential {
    /// What one is called until its model or its owner says more.
    public static final String UNNAMED = "Passkey";

    @Override
    public FactorKind kind() {
      return FactorKind.WEBAUTHN;
    }

    /// What a credential is found and kept unique by, of one length whatever the id's.
    public static String index(Bytes credentialId) {
      return Bytes.of(Fields.sha256(credentialId.array())).text();
    }

    public String index() {
      return index(record.id());
    }

    /// The same credential after an answer.
    public Passkey after(PasskeyUse use) {
      var backup = new CredentialRecord.Backup(record.backup().eligible(), use.backedUp());
      var moved =
          new CredentialRecord(
              record.id(), record.publicKey(), use.signCount(), backup, record.authenticator());
      return new Passkey(scope, moved, use.userVerified(), regressed);
    }

    public Passkey regressedAt(Instant now) {
      return new Passkey(scope, record, userVerified, now);
    }
  }

  /// Where a credential can be used, and the handle that stands for its user there.
  record PasskeyScope(String relyingParty, Bytes userHandle) {}

  /// What an answer says of its credential: the counter as it was asserted, whether the credential
  /// is backed up now, and whether the user was verified.
  record PasskeyUse(long signCount, boolean backedUp, boolean userVerified) {}

  /// Where an authenticator app stands: the last step used, the digest of its digits and who used
  /// it, and the drift of its clock in steps, learned at activation only.
  record TotpProgress(
      long lastStep, @Nullable String lastDigest, @Nullable String lastPrincipal, int drift) {
    public static final TotpProgress NEW = new TotpProgress(-1, null, null, 0);
  }
}
