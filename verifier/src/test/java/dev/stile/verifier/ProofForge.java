package dev.stile.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client with a key of its own, which knows nothing of the code under test: nimbus makes its
/// proofs (RFC 9449 §4.2).
public final class ProofForge {
  private final JWK key;
  private final JWSAlgorithm algorithm;

  private ProofForge(JWK key, JWSAlgorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  public static ProofForge ec() {
    try {
      return new ProofForge(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  public static ProofForge rsa() {
    try {
      return new ProofForge(new RSAKeyGenerator(2048).generate(), JWSAlgorithm.RS256);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  JWK key() {
    return key;
  }

  /// RFC 7638.
  public String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// A good one; without a token where none is shown with it.
  public String proof(String method, String address, Instant now, @Nullable String token) {
    return proof(method, address, now, token, claims -> {});
  }

  /// The same with other claims.
  public String proof(
      String method,
      String address,
      Instant now,
      @Nullable String token,
      Consumer<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", address)
            .issueTime(Date.from(now));
    if (token != null) {
      claims.claim("ath", hash(token));
    }
    change.accept(claims);
    return sign(header(), claims.build());
  }

  JWSHeader.Builder header() {
    return new JWSHeader.Builder(algorithm)
        .type(new JOSEObjectType("dpop+jwt"))
        .jwk(key.toPublicJWK());
  }

  String sign(JWSHeader.Builder header, JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(header.build(), claims);
      jwt.sign(signer());
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private JWSSigner signer() throws JOSEException {
    return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
  }

  static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
      return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
