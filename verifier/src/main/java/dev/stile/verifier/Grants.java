package dev.stile.verifier;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where one begins: a verifier for an issuer, and what is required of a grant.
public final class Grants {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) ([A-Za-z0-9._~+/-]+=*)");

  private static final Pattern DPOP = Pattern.compile("(?i:dpop) ([A-Za-z0-9._~+/-]+=*)");

  private Grants() {}

  /// A verifier of the grants of one issuer. The issuer is compared as the exact string of this URI
  /// (RFC 7519 §4.1.1); it must be https, or http on a loopback host.
  public static GrantVerifier.Builder verifier(URI issuer) {
    return new GrantVerifier.Builder(new Issuer(issuer));
  }

  /// A requirement of a grant for exactly this action, which is not bound to any details.
  public static Requirement require(String action) {
    return Requirement.of(action);
  }

  /// The token of an `Authorization` header (RFC 6750 §2.1, RFC 9110 §11.4); none where the header
  /// is missing, of another scheme, or two in one.
  public static Optional<String> bearer(@Nullable String authorization) {
    return token(BEARER, authorization);
  }

  /// The same of the scheme `DPoP` (RFC 9449 §7.1).
  public static Optional<String> dpop(@Nullable String authorization) {
    return token(DPOP, authorization);
  }

  private static Optional<String> token(Pattern scheme, @Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    Matcher header = scheme.matcher(authorization);
    return header.matches() ? Optional.of(header.group(1)) : Optional.empty();
  }
}
