package dev.stile.verifier.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import dev.stile.verifier.BindingHash;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// FOR UNIT TESTS ONLY: a grant in the making, of a [ThrowawayIssuer].
public final class ThrowawayGrant {
  private final ThrowawayIssuer issuer;
  private final Map<String, Object> claims = new LinkedHashMap<>();

  ThrowawayGrant(ThrowawayIssuer issuer, String audience, String action, Instant now) {
    this.issuer = issuer;
    claims.put("iss", ThrowawayIssuer.ISSUER.toString());
    claims.put("aud", audience);
    claims.put("sub", "alice");
    claims.put("client_id", "throwaway");
    claims.put("jti", "grt_" + UUID.randomUUID());
    claims.put("txn", "chl_" + UUID.randomUUID());
    claims.put("action", action);
    claims.put("scope", "stepup:" + action);
    claims.put("epoch", 0L);
    acr("aal2").amr("otp").binding(Map.of()).authTime(now).issued(now, Duration.ofMinutes(5));
  }

  public ThrowawayGrant subject(String sub) {
    return claim("sub", sub);
  }

  public ThrowawayGrant acr(String acr) {
    return claim("acr", acr);
  }

  public ThrowawayGrant amr(String... amr) {
    return claim("amr", List.of(amr));
  }

  public ThrowawayGrant authTime(Instant time) {
    return claim("auth_time", time.getEpochSecond());
  }

  public ThrowawayGrant issued(Instant time, Duration lifetime) {
    return claim("iat", time.getEpochSecond()).claim("exp", time.plus(lifetime).getEpochSecond());
  }

  public ThrowawayGrant binding(Map<String, String> details) {
    return claim("bnd", BindingHash.of(details).value());
  }

  /// Any claim at all, good or bad: a String, Long, Boolean, List or Map.
  public ThrowawayGrant claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  public ThrowawayGrant without(String name) {
    claims.remove(name);
    return this;
  }

  /// The signed token, as it would stand behind `Bearer`.
  public String token() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("stepup+jwt"))
            .keyID(issuer.kid())
            .build();
    JWSObject jws = new JWSObject(header, new Payload(claims));
    try {
      jws.sign(issuer.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException("This platform cannot sign ES256", e);
    }
    return jws.serialize();
  }
}
