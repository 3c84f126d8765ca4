package dev.stile.assurance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What an issuer's access tokens have to be: of which provider's make, for which resource, and
/// with which claims besides, such as the organization that the users belong to.
public record TokenShape(
    Provider provider, Set<String> audiences, ClaimNames names, Map<String, String> required) {
  /// Of tokens that the gateway has judged for us.
  public static final TokenShape OPENID =
      new TokenShape(Provider.OPENID, Set.of(), Provider.OPENID.names(), Map.of());

  /// What tells a provider's access tokens from its others.
  private static final Set<String> TELLING =
      Set.of(
          "iss",
          "sub",
          "token_use",
          "typ",
          "scp",
          "idtyp",
          "gty",
          "preferred_username",
          "at_hash",
          "c_hash");

  public TokenShape {
    audiences = Set.copyOf(audiences);
    required = Map.copyOf(required);
  }

  /// Why a genuine token is not taken.
  public Optional<LoginRefusal> refusal(Map<String, String> claims) {
    Optional<LoginRefusal> refusal = provider.refusal(claims);
    boolean lacks =
        required.entrySet().stream().anyMatch(r -> !r.getValue().equals(claims.get(r.getKey())));
    return refusal.isEmpty() && lacks ? Optional.of(LoginRefusal.REQUIRED_CLAIM) : refusal;
  }

  /// All claims that are read of a token: the others need not travel.
  public Set<String> claims() {
    Set<String> claims = new TreeSet<>(names.all());
    claims.addAll(TELLING);
    claims.addAll(required.keySet());
    return claims;
  }
}
