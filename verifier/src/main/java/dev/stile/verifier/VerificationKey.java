package dev.stile.verifier;

import java.security.PublicKey;

/// A public key of the issuer under its `kid`, fit to verify grants: EC on P-256 (ES256), or RSA of
/// at least 2048 bits (RS256).
public final class VerificationKey {
  private final String kid;
  private final Algorithm algorithm;

  private VerificationKey(String kid, Algorithm algorithm) {
    this.kid = kid;
    this.algorithm = algorithm;
  }

  /// IllegalArgumentException for a weak or foreign key, or an empty `kid`.
  public static VerificationKey of(String kid, PublicKey key) {
    if (kid.isBlank()) {
      throw new IllegalArgumentException("A key without a kid");
    }
    return new VerificationKey(kid, Algorithm.of(key));
  }

  public String kid() {
    return kid;
  }

  Algorithm algorithm() {
    return algorithm;
  }

  @Override
  public String toString() {
    return "VerificationKey[" + kid + ", " + algorithm.name() + "]";
  }
}
