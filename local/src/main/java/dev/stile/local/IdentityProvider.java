package dev.stile.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.edge.JsonObject;
import dev.stile.token.SigningKeys.SigningKey;
import dev.stile.verifier.KeySource;
import dev.stile.verifier.VerificationKey;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Stands in for the primary login: gives anyone an access token (RFC 9068) for any subject.
final class IdentityProvider {
  static final String AUDIENCE = "stile";
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final URI issuer;
  private final Clock clock;
  private final ECKey key;
  private final VerificationKey verification;

  IdentityProvider(URI issuer, Clock clock, SigningKey signing) {
    this.issuer = issuer;
    this.clock = clock;
    this.key =
        new ECKey.Builder(Curve.P_256, (ECPublicKey) signing.published().key())
            .privateKey(signing.key())
            .keyID(signing.published().kid())
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256)
            .build();
    this.verification = VerificationKey.of(signing.published().kid(), signing.published().key());
  }

  String issuer() {
    return issuer.toString();
  }

  /// A token for whoever the request names.
  Map<String, Object> token(JsonObject asked) {
    Instant now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.toString())
            .subject(asked.text("sub"))
            .audience(AUDIENCE)
            .claim("client_id", asked.optionalText("client_id").orElse("console"))
            .claim("sid", UUID.randomUUID().toString())
            .claim("amr", asked.texts("amr").orElse(List.of("pwd")))
            .claim(
                "auth_time",
                asked.wholeNumber("auth_time").map(Integer::longValue).orElse(now.getEpochSecond()))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(UUID.randomUUID().toString());
    asked.optionalText("acr").ifPresent(acr -> claims.claim("acr", acr));
    asked.noMore();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", sign(claims.build()));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", LIFETIME.toSeconds());
    return answer;
  }

  private String sign(JWTClaimsSet claims) {
    try {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType("at+jwt"))
              .keyID(key.getKeyID())
              .build();
      var token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the token cannot be signed", e);
    }
  }

  /// Its key, for who is in the same process.
  KeySource keys() {
    return KeySource.of(verification);
  }

  Map<String, Object> jwks() {
    return Map.of("keys", List.of(key.toPublicJWK().toJSONObject()));
  }

  Map<String, Object> metadata() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", issuer.toString());
    document.put("jwks_uri", issuer + "/.well-known/jwks.json");
    document.put("response_types_supported", List.of("token"));
    document.put("subject_types_supported", List.of("public"));
    document.put("id_token_signing_alg_values_supported", List.of("ES256"));
    return document;
  }
}
