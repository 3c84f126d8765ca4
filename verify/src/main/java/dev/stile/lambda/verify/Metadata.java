package dev.stile.lambda.verify;

import dev.stile.assurance.Level;
import dev.stile.assurance.Policies;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.SigningKeys;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a verifier needs to know: the keys (RFC 7517) and the issuer's metadata (RFC 8414).
final class Metadata {
  private final URI issuer;
  private final Policies policies;
  private final PublishedKeys keys;
  private final SigningKeys signing;

  @Inject
  Metadata(URI issuer, Policies policies, PublishedKeys keys, SigningKeys signing) {
    this.issuer = issuer;
    this.policies = policies;
    this.keys = keys;
    this.signing = signing;
  }

  /// A fresh deployment has no key until one is asked for, nor has one whose policy has just named
  /// another algorithm; whoever asks first makes it.
  private List<PublishedKey> published() {
    List<PublishedKey> all = new ArrayList<>(keys.all());
    for (SigningAlgorithm algorithm : policies.current().signing()) {
      if (all.stream().noneMatch(key -> key.algorithm().equals(algorithm.name()))) {
        all.add(signing.current(algorithm).published());
      }
    }
    return all;
  }

  Map<String, Object> jwks() {
    return Map.of("keys", published().stream().map(Metadata::jwk).toList());
  }

  private static Map<String, Object> jwk(PublishedKey key) {
    Map<String, Object> jwk = new LinkedHashMap<>(key.members());
    jwk.put("kid", key.kid());
    jwk.put("alg", key.algorithm());
    jwk.put("use", "sig");
    return jwk;
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", issuer.toString());
    document.put("jwks_uri", issuer + "/.well-known/jwks.json");
    document.put("introspection_endpoint", issuer + "/oauth/introspect");
    document.put("revocation_endpoint", issuer + "/oauth/revoke");
    document.put("response_types_supported", List.of());
    document.put("dpop_signing_alg_values_supported", List.of("ES256", "RS256"));
    document.put(
        "scopes_supported",
        policies.current().actions().keySet().stream().sorted().map(a -> "stepup:" + a).toList());
    document.put(
        "acr_values_supported", policies.current().levels().stream().map(Level::acr).toList());
    document.put(
        "id_token_signing_alg_values_supported",
        published().stream().map(PublishedKey::algorithm).distinct().toList());
    return document;
  }
}
