package dev.stile.vendor.webauthn;

import static dev.stile.factor.CredentialRecord.MAX_ID_BYTES;

import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// What the authenticator says (WebAuthn Level 3 §6.1). The flags tell exactly what follows them:
/// nothing missing, nothing left.
record AuthenticatorData(
    Bytes relyingParty, Flags flags, long signCount, Optional<Attested> attested) {

  record Flags(int bits) {
    boolean userPresent() {
      return has(0);
    }

    boolean userVerified() {
      return has(2);
    }

    Backup backup() {
      return new Backup(has(3), has(4));
    }

    private boolean has(int bit) {
      return (bits >> bit & 1) == 1;
    }
  }

  /// §6.5.2. The key is kept as it was written.
  record Attested(UUID aaguid, Bytes credentialId, Bytes publicKey) {}

  static AuthenticatorData of(Bytes bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.array());
    try {
      Bytes party = octets(in, 32);
      var flags = new Flags(Byte.toUnsignedInt(in.get()));
      long signCount = Integer.toUnsignedLong(in.getInt());
      Optional<Attested> attested = flags.has(6) ? Optional.of(attested(in)) : Optional.empty();
      if (flags.has(7)) {
        CborReader.next(in);
      }
      Failed.unless(!in.hasRemaining(), Refusal.MALFORMED);
      return new AuthenticatorData(party, flags, signCount, attested);
    } catch (BufferUnderflowException e) {
      throw new Failed(Refusal.MALFORMED);
    }
  }

  /// §7.1 steps 14 to 17, §7.2 steps 15 to 18.
  void check(Ceremony ceremony) {
    Bytes expected =
        Bytes.of(Fields.sha256(ceremony.party().id().getBytes(StandardCharsets.UTF_8)));
    Failed.unless(relyingParty.equals(expected), Refusal.RELYING_PARTY);
    Failed.unless(flags.userPresent(), Refusal.USER_PRESENCE);
    Failed.unless(flags.userVerified() || !ceremony.userVerification(), Refusal.USER_VERIFICATION);
    Failed.unless(flags.backup().eligible() || !flags.backup().state(), Refusal.BACKUP_STATE);
  }

  private static Attested attested(ByteBuffer in) {
    var aaguid = new UUID(in.getLong(), in.getLong());
    int length = Short.toUnsignedInt(in.getShort());
    Failed.unless(length > 0 && length <= MAX_ID_BYTES, Refusal.CREDENTIAL);
    Bytes credentialId = octets(in, length);
    int start = in.position();
    CborReader.next(in);
    int end = in.position();
    Bytes publicKey = octets(in.position(start), end - start);
    return new Attested(aaguid, credentialId, publicKey);
  }

  private static Bytes octets(ByteBuffer in, int length) {
    Failed.unless(length <= in.remaining(), Refusal.MALFORMED);
    byte[] octets = new byte[length];
    in.get(octets);
    return Bytes.of(octets);
  }
}
