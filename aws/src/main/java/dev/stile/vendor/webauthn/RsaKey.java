package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import java.math.BigInteger;

/// RSASSA-PKCS1-v1_5 with SHA-256, of a size and an exponent that FIPS 186-5 §A.1.1 allows, and not
/// so large that verifying becomes a burden.
record RsaKey(int modulusBytes) implements CredentialKey {
  private static final long KTY_RSA = 3;
  private static final Cbor N = new Cbor.Whole(-1);
  private static final Cbor E = new Cbor.Whole(-2);
  private static final int MIN_BITS = 2048;
  private static final int MAX_BITS = 8192;
  private static final int MIN_EXPONENT_BITS = 17;
  private static final int MAX_EXPONENT_BITS = 256;

  static RsaKey of(Cbor.Members members) {
    CredentialKey.demandNumber(members, TYPE, KTY_RSA);
    byte[] octets = CredentialKey.octets(members, N);
    var modulus = new BigInteger(1, octets);
    var exponent = new BigInteger(1, CredentialKey.octets(members, E));
    Failed.unless(
        isOddWithin(modulus, MIN_BITS, MAX_BITS)
            && octets.length == (modulus.bitLength() + 7) / 8
            && isOddWithin(exponent, MIN_EXPONENT_BITS, MAX_EXPONENT_BITS),
        Refusal.PUBLIC_KEY);
    return new RsaKey(octets.length);
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.RS256;
  }

  @Override
  public boolean canBeSignature(byte[] bytes) {
    return bytes.length == modulusBytes;
  }

  private static boolean isOddWithin(BigInteger number, int minBits, int maxBits) {
    return number.testBit(0) && number.bitLength() >= minBits && number.bitLength() <= maxBits;
  }
}
