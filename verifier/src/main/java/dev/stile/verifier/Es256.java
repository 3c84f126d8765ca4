package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/// ECDSA over P-256 (RFC 7518 §3.4). The size and range of r and s are checked before the platform
/// sees them: platforms have accepted zeros (CVE-2022-21449) and other sizes. A signature may be
/// negated and stay valid; that makes another token string but never another `jti`.
final class Es256 implements Algorithm {
  static final String NAME = "ES256";
  private static final int COORDINATE_BYTES = 32;

  private final BigInteger order;
  private final ECDSAVerifier verifier;

  Es256(ECPublicKey key) {
    ECParameterSpec curve = key.getParams();
    if (!Curve.P_256.equals(Curve.forECParameterSpec(curve)) || !isOnCurve(key.getW(), curve)) {
      throw new IllegalArgumentException("Not a point of P-256");
    }
    try {
      this.verifier = new ECDSAVerifier(key);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("Not a key for ES256", e);
    }
    this.order = curve.getOrder();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean verifies(byte[] signingInput, byte[] signature) {
    if (signature.length != 2 * COORDINATE_BYTES
        || !isInRange(Arrays.copyOf(signature, COORDINATE_BYTES))
        || !isInRange(Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length))) {
      return false;
    }
    try {
      return verifier.verify(
          new JWSHeader(JWSAlgorithm.ES256), signingInput, Base64URL.encode(signature));
    } catch (JOSEException e) {
      return false;
    }
  }

  private boolean isInRange(byte[] unsigned) {
    BigInteger scalar = new BigInteger(1, unsigned);
    return scalar.signum() > 0 && scalar.compareTo(order) < 0;
  }

  /// The curve equation holds modulo p, so that the coordinates must be below p for it to say
  /// anything; the point at infinity has none.
  private static boolean isOnCurve(ECPoint point, ECParameterSpec curve) {
    if (point.equals(ECPoint.POINT_INFINITY)
        || !(curve.getCurve().getField() instanceof ECFieldFp field)) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    return x.signum() >= 0
        && y.signum() >= 0
        && x.max(y).compareTo(field.getP()) < 0
        && ECChecks.isPointOnCurve(x, y, curve);
  }
}
