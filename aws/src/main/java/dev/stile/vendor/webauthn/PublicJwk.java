package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.key.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/// The key of a credential as a JWK (RFC 7517, RFC 8037), for readers that know no COSE: the same
/// parameters under other names.
public final class PublicJwk {
  private PublicJwk() {}

  /// @throws IllegalArgumentException if no such key could have been registered
  public static Map<String, Object> of(Bytes cose) {
    try {
      Algorithm algorithm = CredentialKey.of(cose).algorithm();
      Cbor.Members key = CborReader.only(cose.array());
      return switch (algorithm) {
        case ES256 -> curve(key, "EC", "P-256", "ES256");
        case ES384 -> curve(key, "EC", "P-384", "ES384");
        case ES512 -> curve(key, "EC", "P-521", "ES512");
        case EDDSA -> curve(key, "OKP", "Ed25519", "EdDSA");
        case ED448 -> curve(key, "OKP", "Ed448", "EdDSA");
        case RS256 -> rsa(key);
      };
    } catch (Failed e) {
      throw new IllegalArgumentException("not the key of a credential", e);
    }
  }

  private static Map<String, Object> curve(
      Cbor.Members key, String type, String curve, String algorithm) {
    Map<String, Object> jwk = jwk(type, algorithm);
    jwk.put("crv", curve);
    jwk.put("x", text(key, -2));
    if (type.equals("EC")) {
      jwk.put("y", text(key, -3));
    }
    return jwk;
  }

  private static Map<String, Object> rsa(Cbor.Members key) {
    Map<String, Object> jwk = jwk("RSA", "RS256");
    jwk.put("n", text(key, -1));
    jwk.put("e", text(key, -2));
    return jwk;
  }

  private static Map<String, Object> jwk(String type, String algorithm) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", type);
    jwk.put("alg", algorithm);
    return jwk;
  }

  private static String text(Cbor.Members key, int label) {
    return Bytes.of(CredentialKey.octets(key, new Cbor.Whole(label))).text();
  }
}
