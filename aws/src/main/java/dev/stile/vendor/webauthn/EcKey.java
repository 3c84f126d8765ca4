package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/// ECDSA on the one curve that WebAuthn gives to each algorithm (Level 3 §5.8.5).
record EcKey(Algorithm algorithm, BigInteger order) implements CredentialKey {
  private static final long KTY_EC2 = 2;
  private static final Cbor CURVE = new Cbor.Whole(-1);
  private static final Cbor X = new Cbor.Whole(-2);
  private static final Cbor Y = new Cbor.Whole(-3);

  static EcKey of(Algorithm algorithm, Cbor.Members members) {
    CredentialKey.demandNumber(members, TYPE, KTY_EC2);
    ECParameterSpec curve =
        switch (algorithm) {
          case ES256 -> curve(members, 1, "secp256r1");
          case ES384 -> curve(members, 2, "secp384r1");
          case ES512 -> curve(members, 3, "secp521r1");
          case EDDSA, ED448, RS256 -> throw new Failed(Refusal.ALGORITHM);
        };
    BigInteger x = coordinate(curve, CredentialKey.octets(members, X));
    BigInteger y = coordinate(curve, CredentialKey.octets(members, Y));
    Failed.unless(isOn(curve, x, y), Refusal.PUBLIC_KEY);
    return new EcKey(algorithm, curve.getOrder());
  }

  @Override
  public boolean canBeSignature(byte[] bytes) {
    return EcdsaSignature.isWellFormed(bytes, order);
  }

  private static ECParameterSpec curve(Cbor.Members members, long number, String name) {
    CredentialKey.demandNumber(members, CURVE, number);
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /// Exactly as long as the field, and below its prime (RFC 9053 §7.1.1, SEC 1 §2.3.5).
  private static BigInteger coordinate(ECParameterSpec curve, byte[] octets) {
    Failed.unless(octets.length == (prime(curve).bitLength() + 7) / 8, Refusal.PUBLIC_KEY);
    var coordinate = new BigInteger(1, octets);
    Failed.unless(coordinate.compareTo(prime(curve)) < 0, Refusal.PUBLIC_KEY);
    return coordinate;
  }

  private static boolean isOn(ECParameterSpec curve, BigInteger x, BigInteger y) {
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB());
    return y.pow(2).subtract(right).mod(prime(curve)).signum() == 0;
  }

  private static BigInteger prime(ECParameterSpec curve) {
    return ((ECFieldFp) curve.getCurve().getField()).getP();
  }
}
