package dev.stile.vendor.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningKeys.SigningKey;
import java.nio.charset.StandardCharsets;

/// Compact JWS (RFC 7515 §7.1) under one key: the header is written once.
record KeyedJws(String kid, JWSHeader header, String encodedHeader, JWSSigner signer) {

  static KeyedJws of(SigningKey key, String type) {
    JWSHeader header = header(key.published(), type);
    return new KeyedJws(
        key.published().kid(), header, header.toBase64URL().toString(), signer(key));
  }

  /// The one header that such a token has under this key.
  static JWSHeader header(PublishedKey key, String type) {
    return new JWSHeader.Builder(JWSAlgorithm.parse(key.algorithm()))
        .type(new JOSEObjectType(type))
        .keyID(key.kid())
        .build();
  }

  private static JWSSigner signer(SigningKey key) {
    try {
      return switch (key.published().algorithm()) {
        case "ES256" -> new ECDSASigner(key.key(), Curve.P_256);
        case "RS256" -> new RSASSASigner(key.key());
        default -> throw new IllegalArgumentException("grants are signed with ES256 or RS256");
      };
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a signing key", e);
    }
  }

  /// A `kid` is the thumbprint of its key, so that it alone tells two keys apart.
  boolean isUnder(SigningKey key) {
    return kid.equals(key.published().kid());
  }

  String compact(String payload) {
    String input = encodedHeader + '.' + Base64URL.encode(payload);
    try {
      return input + '.' + signer.sign(header, input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException("the signing key does not sign", e);
    }
  }
}
