package dev.stile.token;

import java.util.Arrays;
import java.util.Optional;

/// What grants are signed with (RFC 7518 §3.1). API Gateway's own JWT authorizer takes RSA only.
public enum SigningAlgorithm {
  ES256("EC"),
  RS256("RSA");

  private final String family;

  SigningAlgorithm(String family) {
    this.family = family;
  }

  /// As `java.security.KeyFactory` knows its keys.
  public String family() {
    return family;
  }

  /// By its name in `alg`.
  public static Optional<SigningAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.name().equals(name)).findFirst();
  }
}
