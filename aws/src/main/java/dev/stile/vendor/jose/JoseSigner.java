package dev.stile.vendor.jose;

import dev.stile.edge.JsonText;
import dev.stile.token.Grant;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys;
import dev.stile.token.SigningKeys.SigningKey;
import dev.stile.token.TokenSigner;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes and signs grants. What depends on the key alone, the header and the signer, is kept for
/// as long as the key is the current one.
public final class JoseSigner implements TokenSigner {
  private final SigningKeys keys;
  private final Map<SigningAlgorithm, KeyedJws> kept = new ConcurrentHashMap<>();

  @Inject
  public JoseSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String sign(Grant grant, SigningAlgorithm algorithm) {
    SigningKey key = keys.current(algorithm);
    KeyedJws jws = kept.get(algorithm);
    if (jws == null || !jws.isUnder(key)) {
      jws = KeyedJws.of(key, Grant.TYPE);
      kept.put(algorithm, jws);
    }
    return jws.compact(JsonText.of(claims(grant)));
  }

  private static Map<String, Object> claims(Grant grant) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", grant.party().issuer());
    claims.put("sub", grant.party().subject());
    claims.put("aud", grant.party().audience());
    claims.put("client_id", grant.party().client());
    claims.put("iat", grant.issued().getEpochSecond());
    claims.put("exp", grant.issued().getEpochSecond() + grant.lifetime().toSeconds());
    claims.put("jti", grant.id());
    claims.put("auth_time", grant.assurance().authTime().getEpochSecond());
    claims.put("acr", grant.assurance().acr());
    claims.put("amr", grant.assurance().amr());
    claims.put("txn", grant.transaction().id());
    claims.put("action", grant.transaction().action());
    claims.put("bnd", grant.transaction().bindingDigest());
    if (grant.party().session() != null) {
      claims.put("sid", grant.party().session());
    }
    if (grant.party().senderKey() != null) {
      claims.put("cnf", Map.of("jkt", grant.party().senderKey()));
    }
    claims.put("epoch", grant.assurance().epoch());
    claims.put("scope", "stepup:" + grant.transaction().action());
    return claims;
  }
}
