package dev.stile.vendor.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.challenge.Passed;
import dev.stile.factor.FactorId;
import dev.stile.token.Grant;
import dev.stile.token.Next;
import dev.stile.token.NextTokens;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a chain goes on with. Nobody but Stile makes or takes these tokens, so that the
/// header has to be, to the letter, the one that Stile writes under a key that it publishes now.
public final class JoseNextTokens implements NextTokens {
  private static final int LONGEST = 8 * 1024;

  private final URI issuer;
  private final PublishedKeys keys;

  @Inject
  public JoseNextTokens(URI issuer, PublishedKeys keys) {
    this.issuer = issuer;
    this.keys = keys;
  }

  @Override
  public Optional<Next> read(String token, Instant now) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return isSigned(jwt)
          ? Optional.of(next(jwt.getJWTClaimsSet())).filter(n -> isGood(n, now))
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private boolean isSigned(SignedJWT jwt) throws JOSEException {
    for (PublishedKey key : keys.all()) {
      if (jwt.getHeader().toBase64URL().equals(KeyedJws.header(key, Next.TYPE).toBase64URL())) {
        return jwt.verify(verifier(key.key()));
      }
    }
    return false;
  }

  private static JWSVerifier verifier(PublicKey key) throws JOSEException {
    return switch (key) {
      case ECPublicKey ec -> new ECDSAVerifier(ec);
      case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
      default -> throw new IllegalArgumentException("a signing key is P-256 or RSA");
    };
  }

  private boolean isGood(Next next, Instant now) {
    return next.party().issuer().equals(issuer.toString()) && now.isBefore(next.expires());
  }

  /// Only of a token that Stile has signed.
  private static Next next(JWTClaimsSet claims) throws ParseException {
    return new Next(
        claims.getJWTID(),
        new Grant.Party(
            claims.getIssuer(),
            claims.getSubject(),
            claims.getStringClaim("grant_aud"),
            claims.getStringClaim("client_id"),
            claims.getStringClaim("sid")),
        new Grant.Transaction(
            claims.getStringClaim("txn"),
            claims.getStringClaim("action"),
            claims.getStringClaim("bnd")),
        new Next.Standing(
            claims.getStringClaim("owner"),
            passed(claims),
            claims.getStringClaim("acr_values"),
            claims.getLongClaim("epoch")),
        claims.getIssueTime().toInstant());
  }

  private static List<Passed> passed(JWTClaimsSet claims) throws ParseException {
    List<Passed> all = new ArrayList<>();
    for (Object passed : claims.getListClaim("passed")) {
      if (passed instanceof Map<?, ?> one
          && one.get("factor") instanceof String factor
          && one.get("amr") instanceof List<?> amr
          && one.get("at") instanceof Number at) {
        all.add(
            new Passed(
                new FactorId(factor),
                amr.stream().map(String::valueOf).toList(),
                Instant.ofEpochSecond(at.longValue())));
      }
    }
    return all;
  }
}
