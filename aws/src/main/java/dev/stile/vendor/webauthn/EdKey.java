package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import java.math.BigInteger;
import java.util.Set;

/// EdDSA (RFC 8032): Ed25519 under its old number, Ed448 under one of its own.
record EdKey(Algorithm algorithm, int signatureBytes) implements CredentialKey {
  private static final long KTY_OKP = 1;
  private static final Cbor CURVE = new Cbor.Whole(-1);
  private static final Cbor X = new Cbor.Whole(-2);

  private static final BigInteger P25519 = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final BigInteger ORDER_8 =
      new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  /// The y of the points whose order divides the cofactor: under such a key one signature fits any
  /// message.
  private static final Set<BigInteger> SMALL_ORDER_25519 =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P25519.subtract(BigInteger.ONE),
          ORDER_8,
          P25519.subtract(ORDER_8));

  static EdKey of(Algorithm algorithm, Cbor.Members members) {
    CredentialKey.demandNumber(members, TYPE, KTY_OKP);
    byte[] x = CredentialKey.octets(members, X);
    if (algorithm == Algorithm.ED448) {
      CredentialKey.demandNumber(members, CURVE, 7);
      Failed.unless(x.length == 57, Refusal.PUBLIC_KEY);
      return new EdKey(algorithm, 114);
    }
    CredentialKey.demandNumber(members, CURVE, 6);
    Failed.unless(x.length == 32 && isSound25519(x), Refusal.PUBLIC_KEY);
    return new EdKey(algorithm, 64);
  }

  @Override
  public boolean canBeSignature(byte[] bytes) {
    return bytes.length == signatureBytes;
  }

  /// Canonical (RFC 8032 §5.1.3) and of large order; whether it is on the curve at all is found
  /// when it verifies.
  private static boolean isSound25519(byte[] littleEndian) {
    byte[] octets = new byte[32];
    for (int i = 0; i < 32; i++) {
      octets[i] = littleEndian[31 - i];
    }
    octets[0] &= 0x7f;
    var y = new BigInteger(1, octets);
    return y.compareTo(P25519) < 0 && !SMALL_ORDER_25519.contains(y);
  }
}
