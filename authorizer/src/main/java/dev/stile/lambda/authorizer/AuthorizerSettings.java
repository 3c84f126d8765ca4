package dev.stile.lambda.authorizer;

import dev.stile.audit.Log;
import dev.stile.edge.JsonLog;
import dev.stile.edge.PolicyReader;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Whose grants are good, for which resource, and the policy with its routes.
public record AuthorizerSettings(GrantVerifier verifier, PolicyReader.Document document, Log log) {

  static AuthorizerSettings ofEnvironment() {
    return of(System.getenv());
  }

  /// @throws RuntimeException if one is missing or wrong
  static AuthorizerSettings of(Map<String, String> variables) {
    URI issuer = URI.create(need(variables, "STILE_ISSUER"));
    if (!"https".equals(issuer.getScheme())) {
      throw new IllegalStateException("STILE_ISSUER is not an https address");
    }
    GrantVerifier verifier =
        Grants.verifier(issuer).audience(need(variables, "STILE_AUDIENCE")).build();
    Path file = Path.of(variables.getOrDefault("STILE_POLICY", "policy.json"));
    try {
      PolicyReader.Document document = PolicyReader.document(Files.readAllBytes(file));
      return new AuthorizerSettings(verifier, document, new JsonLog(System.out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String need(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
