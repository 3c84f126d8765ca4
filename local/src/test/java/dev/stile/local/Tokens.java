package dev.stile.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.token.SigningKeys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// What is in tokens, and tokens that the identity provider would never give.
final class Tokens {
  private Tokens() {}

  static JsonNode header(String token) {
    return part(token, 0);
  }

  static JsonNode claims(String token) {
    return part(token, 1);
  }

  private static JsonNode part(String token, int index) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return Body.read(new String(json, StandardCharsets.UTF_8));
  }

  static String signature(String token) {
    return token.split("\\.", -1)[2];
  }

  /// The same token with other claims, signed again by whoever holds the keys in that folder.
  static String resigned(String token, Path data, Consumer<Map<String, Object>> change) {
    return signed(token, LocalKeys.in(data.resolve("keys")).first(), change);
  }

  /// The same with another key that claims the same id.
  static String forged(String token, Consumer<Map<String, Object>> change) {
    return signed(token, LocalKeys.in(null).first(), change);
  }

  private static String signed(
      String token, SigningKey signing, Consumer<Map<String, Object>> change) {
    try {
      SignedJWT original = SignedJWT.parse(token);
      Map<String, Object> claims = new LinkedHashMap<>(original.getJWTClaimsSet().toJSONObject());
      change.accept(claims);
      PrivateKey key = signing.key();
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(original.getHeader().getType())
                  .keyID(original.getHeader().getKeyID())
                  .build(),
              JWTClaimsSet.parse(claims));
      jwt.sign(new ECDSASigner(key, Curve.P_256));
      return jwt.serialize();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// The same claims under another header, with this signature.
  static String unsigned(String token, String header, String signature) {
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + token.split("\\.", -1)[1]
        + "."
        + signature;
  }

  /// The same with one character of the claims changed.
  static String tampered(String token) {
    int at = token.indexOf('.') + 20;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }
}
