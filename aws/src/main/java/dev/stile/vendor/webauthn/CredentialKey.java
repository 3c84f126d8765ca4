package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.key.Bytes;

/// The public key of a credential (RFC 9053 §7, RFC 8230 §4), known to be a sound one of its
/// algorithm: a point of the curve, a modulus of sufficient size.
sealed interface CredentialKey permits EcKey, EdKey, RsaKey {
  Cbor TYPE = new Cbor.Whole(1);
  Cbor ALGORITHM = new Cbor.Whole(3);

  Algorithm algorithm();

  /// Whether these bytes have the one form that a signature of this key can have; whether they are
  /// one is not asked. Platforms have accepted zeros (CVE-2022-21449) and trailing bytes.
  boolean canBeSignature(byte[] bytes);

  static CredentialKey of(Bytes cose) {
    Cbor.Members members = CborReader.only(cose.array());
    Algorithm algorithm =
        Algorithm.ofCose(members.get(ALGORITHM, Cbor.Whole.class).value())
            .orElseThrow(() -> new Failed(Refusal.ALGORITHM));
    return switch (algorithm) {
      case ES256, ES384, ES512 -> EcKey.of(algorithm, members);
      case EDDSA, ED448 -> EdKey.of(algorithm, members);
      case RS256 -> RsaKey.of(members);
    };
  }

  static void demandNumber(Cbor.Members members, Cbor label, long number) {
    long found = members.get(label, Cbor.Whole.class).value();
    Failed.unless(found == number, Refusal.PUBLIC_KEY);
  }

  /// A compressed point has a truth value in place of its second coordinate.
  static byte[] octets(Cbor.Members members, Cbor label) {
    if (members.get(label) instanceof Cbor.Octets(Bytes value)) {
      return value.array();
    }
    throw new Failed(Refusal.PUBLIC_KEY);
  }
}
