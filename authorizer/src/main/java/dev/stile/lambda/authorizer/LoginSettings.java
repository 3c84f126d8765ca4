package dev.stile.lambda.authorizer;

import dev.stile.assurance.Policy;
import dev.stile.assurance.TokenShape;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.audit.Log;
import dev.stile.edge.JsonLog;
import dev.stile.edge.PolicyReader;
import dev.stile.verifier.AccessTokenVerifier;
import dev.stile.verifier.LoginIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Whose access tokens are good, and the policy with what they look like.
public record LoginSettings(AccessTokenVerifier verifier, Policy policy, Log log) {

  static LoginSettings ofEnvironment() {
    return of(System.getenv());
  }

  /// @throws RuntimeException if the policy is missing or wrong
  static LoginSettings of(Map<String, String> variables) {
    Path file = Path.of(variables.getOrDefault("STILE_POLICY", "policy.json"));
    try {
      Policy policy = PolicyReader.read(Files.readAllBytes(file));
      List<LoginIssuer> issuers = issuers(policy);
      issuers.forEach(LoginSettings::refuseUnlessHttps);
      return new LoginSettings(AccessTokenVerifier.of(issuers), policy, new JsonLog(System.out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the policy says of each issuer, in the words of the verifier.
  public static List<LoginIssuer> issuers(Policy policy) {
    return policy.parties().issuers().stream().map(LoginSettings::issuer).toList();
  }

  private static LoginIssuer issuer(TrustedIssuer issuer) {
    TokenShape shape = issuer.tokens();
    return LoginIssuer.of(URI.create(issuer.issuer()), shape.audiences())
        .withoutAudience(shape.provider().audienceClaim());
  }

  private static void refuseUnlessHttps(LoginIssuer issuer) {
    if (!"https".equals(issuer.issuer().getScheme())) {
      throw new IllegalStateException("not an https address: " + issuer.issuer());
    }
  }
}
