package dev.stile.verifier;

import java.util.Map;

/// A genuine access token. Holding one is the proof that it was judged: only [AccessTokenVerifier]
/// makes them.
public final class AccessToken {
  private final String issuer;
  private final Map<String, String> claims;

  AccessToken(String issuer, Map<String, String> claims) {
    this.issuer = issuer;
    this.claims = Map.copyOf(claims);
  }

  public String issuer() {
    return issuer;
  }

  /// Its claims as texts, in the form in which API Gateway's own JWT authorizer hands them on: an
  /// array of texts as `[a b]`. Claims that are objects are left out.
  public Map<String, String> claims() {
    return claims;
  }

  @Override
  public String toString() {
    return "AccessToken[" + issuer + "]";
  }
}
