package dev.stile.assurance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the access tokens of an identity provider look like: by which claim they name their user
/// and their client, and which claims tell them from its other tokens.
public enum Provider {
  /// RFC 9068; providers that came before it name the client in `azp`.
  OPENID,
  /// A user pool of Amazon Cognito. Its ID tokens come from the same issuer with the same key.
  COGNITO,
  AUTH0,
  /// `typ` is a claim here, besides the header's.
  KEYCLOAK,
  /// Microsoft Entra ID, v1.0 (`appid`) and v2.0 (`azp`). Its `sub` is another one for each client,
  /// so that users are named by `oid`.
  ENTRA;

  public static Optional<Provider> ofWire(String name) {
    return Arrays.stream(values()).filter(p -> p.wire().equals(name)).findFirst();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By which claim its tokens tell what.
  public ClaimNames names() {
    String subject = this == ENTRA ? "oid" : "sub";
    return new ClaimNames(subject, client(), "sid", "auth_time", "acr", "amr");
  }

  private List<String> client() {
    return switch (this) {
      case OPENID -> List.of("client_id", "azp");
      case COGNITO -> List.of("client_id");
      case AUTH0 -> List.of("azp", "client_id");
      case KEYCLOAK -> List.of("azp");
      case ENTRA -> List.of("azp", "appid");
    };
  }

  /// Where a token without `aud` says which resource it is for.
  public String audienceClaim() {
    return this == COGNITO ? "client_id" : "aud";
  }

  /// Why these are not the claims of an access token that a user was given.
  Optional<LoginRefusal> refusal(Map<String, String> claims) {
    if (isMachine(claims)) {
      return Optional.of(LoginRefusal.NO_USER);
    }
    // OpenID Connect Core 1.0 §3.1.3.6: of ID tokens alone.
    boolean identity = claims.containsKey("at_hash") || claims.containsKey("c_hash");
    return identity || !isAccess(claims) ? Optional.of(LoginRefusal.TYPE) : Optional.empty();
  }

  private boolean isAccess(Map<String, String> claims) {
    return switch (this) {
      case OPENID, AUTH0 -> true;
      case COGNITO -> "access".equals(claims.get("token_use"));
      case KEYCLOAK -> "Bearer".equals(claims.get("typ"));
      // An ID token of an app that is its own API has the right audience, and no scope.
      case ENTRA -> claims.containsKey("scp");
    };
  }

  /// RFC 9068 §5: a client that acts for itself must not be taken for a user.
  private boolean isMachine(Map<String, String> claims) {
    String sub = claims.getOrDefault("sub", "");
    boolean itself = client().stream().anyMatch(c -> sub.equals(claims.get(c)));
    return switch (this) {
      case OPENID, COGNITO -> itself;
      case AUTH0 -> itself || "client-credentials".equals(claims.get("gty"));
      case KEYCLOAK ->
          itself || claims.getOrDefault("preferred_username", "").startsWith("service-account-");
      case ENTRA -> itself || "app".equals(claims.get("idtyp"));
    };
  }
}
