package dev.stile.verifier;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/// The one signature scheme of a key. The key decides it and the token only repeats it, which is
/// what ends algorithm confusion (RFC 8725 §3.1).
sealed interface Algorithm permits Es256, Rs256 {
  Set<String> NAMES = Set.of(Es256.NAME, Rs256.NAME);

  /// IllegalArgumentException for a key that no grant may be signed with.
  static Algorithm of(PublicKey key) {
    return switch (key) {
      case ECPublicKey ec -> new Es256(ec);
      case RSAPublicKey rsa -> new Rs256(rsa);
      default -> throw new IllegalArgumentException("Neither EC nor RSA: " + key.getAlgorithm());
    };
  }

  /// As in `alg` (RFC 7518 §3.1).
  String name();

  boolean verifies(byte[] signingInput, byte[] signature);
}
