package dev.stile.verifier;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An issuer whose access tokens are taken, and for which resource they have to be: one of the
/// audiences. `keys` replaces discovery, for an issuer within the process.
public record LoginIssuer(
    URI issuer, Set<String> audiences, String audienceClaim, @Nullable KeySource keys) {
  /// RFC 7519 §4.1.3.
  private static final String AUDIENCE = "aud";

  public LoginIssuer {
    Objects.requireNonNull(issuer, "issuer");
    audiences = Set.copyOf(audiences);
    if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("An issuer without an audience: " + issuer);
    }
  }

  public static LoginIssuer of(URI issuer, Set<String> audiences) {
    return new LoginIssuer(issuer, audiences, AUDIENCE, null);
  }

  /// For an issuer that names no audience unless asked to, as Cognito: without `aud` another claim
  /// has to hold one of the audiences.
  public LoginIssuer withoutAudience(String claim) {
    return new LoginIssuer(issuer, audiences, claim, keys);
  }

  public LoginIssuer keys(KeySource source) {
    return new LoginIssuer(issuer, audiences, audienceClaim, source);
  }

  Optional<KeySource> ownKeys() {
    return Optional.ofNullable(keys);
  }

  String claimOfAudience(Json.Members claims) {
    return claims.has(AUDIENCE) ? AUDIENCE : audienceClaim;
  }
}
