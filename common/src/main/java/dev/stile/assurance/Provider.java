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
  OPENID("sub", List.of("client_id", "azp"), Map.of()),
  /// A user pool of Amazon Cognito. Its ID tokens come from the same issuer with the same key.
  COGNITO("sub", List.of("client_id"), Map.of("token_use", "access")),
  AUTH0("sub", List.of("azp", "client_id"), Map.of()),
  /// `typ` is a claim here, besides the header's.
  KEYCLOAK("sub", List.of("azp"), Map.of("typ", "Bearer")),
  /// Microsoft Entra ID, v1.0 (`appid`) and v2.0 (`azp`). Its `sub` is another one for each client,
  /// so that users are named by `oid`.
  ENTRA("oid", List.of("azp", "appid"), Map.of());

  private final String subject;
  private final List<String> client;
  private final Map<String, String> fixed;

  Provider(String subject, List<String> client, Map<String, String> fixed) {
    this.subject = subject;
    this.client = client;
    this.fixed = fixed;
  }

  public static Optional<Provider> ofWire(String name) {
    return Arrays.stream(values()).filter(p -> p.wire().equals(name)).findFirst();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By which claim its tokens tell what.
  public ClaimNames names() {
    return new ClaimNames(subject, client, "sid", "auth_time", "acr", "amr");
  }

  /// Where a token without `aud` says which resource it is for.
  public String audienceClaim() {
    return this == COGNITO ? "client_id" : "aud";
  }

  /// Why these are not the claims of an access token that a user was given.
  Optional<LoginRefusal> refusal(Map<String, String> claims) {
    boolean other = fixed.entrySet().stream().anyMatch(f -> !holds(claims, f));
    // OpenID Connect Core 1.0 §3.1.3.6: of ID tokens alone.
    boolean identity = claims.containsKey("at_hash") || claims.containsKey("c_hash");
    // An ID token of an app that is its own API has the right audience, and no scope.
    boolean unscoped = this == ENTRA && !claims.containsKey("scp");
    if (isMachine(claims)) {
      return Optional.of(LoginRefusal.NO_USER);
    }
    return other || identity || unscoped ? Optional.of(LoginRefusal.TYPE) : Optional.empty();
  }

  private static boolean holds(Map<String, String> claims, Map.Entry<String, String> claim) {
    return claim.getValue().equals(claims.get(claim.getKey()));
  }

  /// RFC 9068 §5: a client that acts for itself must not be taken for a user.
  private boolean isMachine(Map<String, String> claims) {
    String sub = claims.getOrDefault("sub", "");
    boolean itself = client.stream().anyMatch(c -> sub.equals(claims.get(c)));
    return switch (this) {
      case OPENID, COGNITO -> itself;
      case AUTH0 -> itself || "client-credentials".equals(claims.get("gty"));
      case KEYCLOAK ->
          itself || claims.getOrDefault("preferred_username", "").startsWith("service-account-");
      case ENTRA -> itself || "app".equals(claims.get("idtyp"));
    };
  }
}
