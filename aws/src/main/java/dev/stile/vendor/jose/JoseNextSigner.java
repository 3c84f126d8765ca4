package dev.stile.vendor.jose;

import dev.stile.challenge.Passed;
import dev.stile.edge.JsonText;
import dev.stile.token.Next;
import dev.stile.token.NextSigner;
import dev.stile.token.SigningKeys;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes and signs what a chain goes on with. It has none of the claims by which a grant is
/// judged: Stile is its audience, and what was asked for is not what was reached.
public final class JoseNextSigner implements NextSigner {
  private final SigningKeys keys;

  @Inject
  public JoseNextSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String sign(Next next) {
    return KeyedJws.of(keys.current(), Next.TYPE).compact(JsonText.of(claims(next)));
  }

  private static Map<String, Object> claims(Next next) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", next.party().issuer());
    claims.put("sub", next.party().subject());
    claims.put("aud", next.party().issuer());
    claims.put("client_id", next.party().client());
    claims.put("iat", next.issued().getEpochSecond());
    claims.put("exp", next.expires().getEpochSecond());
    claims.put("jti", next.id());
    claims.put("txn", next.transaction().id());
    claims.put("action", next.transaction().action());
    claims.put("bnd", next.transaction().bindingDigest());
    claims.put("grant_aud", next.party().audience());
    if (next.party().session() != null) {
      claims.put("sid", next.party().session());
    }
    claims.put("owner", next.standing().owner());
    if (next.standing().floor() != null) {
      claims.put("acr_values", next.standing().floor());
    }
    claims.put("epoch", next.standing().epoch());
    claims.put("passed", next.standing().passed().stream().map(JoseNextSigner::passed).toList());
    return claims;
  }

  private static Map<String, Object> passed(Passed passed) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("factor", passed.factor().text());
    claims.put("amr", passed.amr());
    claims.put("at", passed.at().getEpochSecond());
    return claims;
  }
}
