package dev.stile.testing.passkey;

import dev.stile.factor.webauthn.Algorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Key pairs for each algorithm, and their public halves as COSE keys (RFC 9053 §7, RFC 8230 §4).
public final class CredentialKeys {
  private CredentialKeys() {}

  public static KeyPair generate(Algorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> generate("EC", new ECGenParameterSpec("secp256r1"));
      case ES384 -> generate("EC", new ECGenParameterSpec("secp384r1"));
      case ES512 -> generate("EC", new ECGenParameterSpec("secp521r1"));
      case EDDSA -> generate("EdDSA", NamedParameterSpec.ED25519);
      case ED448 -> generate("EdDSA", NamedParameterSpec.ED448);
      case RS256 -> generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    };
  }

  public static KeyPair generate(String kind, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] sign(Algorithm algorithm, KeyPair pair, byte[] message) {
    String name =
        switch (algorithm) {
          case ES256 -> "SHA256withECDSA";
          case ES384 -> "SHA384withECDSA";
          case ES512 -> "SHA512withECDSA";
          case EDDSA, ED448 -> "EdDSA";
          case RS256 -> "SHA256withRSA";
        };
    try {
      Signature signature = Signature.getInstance(name);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] cose(Algorithm algorithm, PublicKey key) {
    return CborWriter.write(members(algorithm.cose(), key));
  }

  /// The labels and values, to be changed before they are written.
  public static Map<Object, Object> members(int algorithm, PublicKey key) {
    return switch (key) {
      case ECPublicKey ec -> ec(algorithm, ec);
      case EdECPublicKey ed -> ed(algorithm, ed);
      case RSAPublicKey rsa ->
          ordered(
              1,
              3,
              3,
              algorithm,
              -1,
              unsigned(rsa.getModulus()),
              -2,
              unsigned(rsa.getPublicExponent()));
      default -> throw new IllegalArgumentException("no COSE key for " + key.getAlgorithm());
    };
  }

  private static Map<Object, Object> ec(int algorithm, ECPublicKey key) {
    int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    int curve = size == 32 ? 1 : size == 48 ? 2 : 3;
    return ordered(
        1,
        2,
        3,
        algorithm,
        -1,
        curve,
        -2,
        padded(key.getW().getAffineX(), size),
        -3,
        padded(key.getW().getAffineY(), size));
  }

  private static Map<Object, Object> ed(int algorithm, EdECPublicKey key) {
    boolean small = key.getParams().getName().equals("Ed25519");
    int size = small ? 32 : 57;
    byte[] big = padded(key.getPoint().getY(), size);
    byte[] little = new byte[size];
    for (int i = 0; i < size; i++) {
      little[i] = big[size - 1 - i];
    }
    little[size - 1] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
    return ordered(1, 1, 3, algorithm, -1, small ? 6 : 7, -2, little);
  }

  /// Labels and values in turn.
  private static Map<Object, Object> ordered(Object... members) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put(members[i], members[i + 1]);
    }
    return map;
  }

  public static byte[] padded(BigInteger number, int size) {
    byte[] octets = unsigned(number);
    byte[] padded = new byte[size];
    System.arraycopy(octets, 0, padded, size - octets.length, octets.length);
    return padded;
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] octets = number.toByteArray();
    return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
  }
}
