package dev.stile.token;

import dev.stile.key.CanonicalJson;
import dev.stile.key.Fields;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A public key with the algorithm it is used for and its RFC 7638 thumbprint as `kid`.
public record PublishedKey(String kid, String algorithm, PublicKey key) {
  private static final int P256_BYTES = 32;

  public static PublishedKey of(PublicKey key) {
    byte[] canonical = CanonicalJson.of(members(key));
    return new PublishedKey(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Fields.sha256(canonical)),
        key instanceof ECPublicKey ? "ES256" : "RS256",
        key);
  }

  /// The required members of the JWK in their order (RFC 7638 §3.2).
  public Map<String, String> members() {
    return new TreeMap<>(members(key));
  }

  private static Map<String, String> members(PublicKey key) {
    return switch (key) {
      case ECPublicKey ec ->
          Map.of(
              "kty",
              "EC",
              "crv",
              "P-256",
              "x",
              text(ec.getW().getAffineX(), P256_BYTES),
              "y",
              text(ec.getW().getAffineY(), P256_BYTES));
      case RSAPublicKey rsa ->
          Map.of(
              "kty", "RSA", "n", text(rsa.getModulus(), 0), "e", text(rsa.getPublicExponent(), 0));
      default -> throw new IllegalArgumentException("a signing key is P-256 or RSA");
    };
  }

  private static String text(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    if (bytes[0] == 0 && bytes.length > 1) {
      bytes = Arrays.copyOfRange(bytes, 1, bytes.length);
    }
    if (bytes.length < length) {
      byte[] padded = new byte[length];
      System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
      bytes = padded;
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
