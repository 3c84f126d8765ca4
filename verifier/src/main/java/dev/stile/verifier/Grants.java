package dev.stile.verifier;

import java.net.URI;

/// Where one begins: a verifier for an issuer, and what is required of a grant.
public final class Grants {
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
}
