package dev.stile.lambda.authorizer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/// Tokens that are no grants.
final class TestTokens {
  private TestTokens() {}

  /// As an identity provider gives it (RFC 9068).
  static String primary() {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID("idp").generate();
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType("at+jwt"))
              .keyID(key.getKeyID())
              .build();
      var token =
          new SignedJWT(
              header,
              new JWTClaimsSet.Builder()
                  .issuer("https://idp.example")
                  .subject("ada")
                  .audience("payments")
                  .build());
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
