package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3): for gateways that know no elliptic curves. The
/// size (RFC 8017 §8.2.2, step 1) is checked here too and not left to the platform alone.
final class Rs256 implements Algorithm {
  static final String NAME = "RS256";

  /// RFC 7518 §3.3 asks for 2048 bits; beyond 8192 a verification is a way to burn CPU.
  private static final int MIN_BITS = 2048;

  private static final int MAX_BITS = 8192;

  /// FIPS 186-5 §5.4: odd and above 2^16, which ends the attacks on small exponents.
  private static final int MIN_EXPONENT_BITS = 17;

  private static final int MAX_EXPONENT_BITS = 64;

  private final int bytes;
  private final RSASSAVerifier verifier;

  Rs256(RSAPublicKey key) {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS || !modulus.testBit(0)) {
      throw new IllegalArgumentException("An RSA modulus of " + modulus.bitLength() + " bits");
    }
    if (exponent.bitLength() < MIN_EXPONENT_BITS
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException("An RSA exponent out of range");
    }
    this.bytes = (modulus.bitLength() + 7) / 8;
    this.verifier = new RSASSAVerifier(key);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean verifies(byte[] signingInput, byte[] signature) {
    if (signature.length != bytes) {
      return false;
    }
    try {
      return verifier.verify(
          new JWSHeader(JWSAlgorithm.RS256), signingInput, Base64URL.encode(signature));
    } catch (JOSEException e) {
      return false;
    }
  }
}
