package dev.stile.verifier;

import dev.stile.verifier.TokenJudgement.Outage;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The keys of an OpenID provider, found by its discovery document (OpenID Connect Discovery 1.0
/// §4). The document is read anew with the keys, so that it is believed for no longer than they
/// are.
final class Discovery implements PublishedKeys {
  private static final String PATH = "/.well-known/openid-configuration";

  private final Issuer issuer;
  private final Duration timeout;
  private volatile Outage last = Outage.UNREACHABLE;

  Discovery(Issuer issuer, Duration timeout) {
    this.issuer = issuer;
    this.timeout = timeout;
  }

  /// What was wrong at the last look that brought no keys.
  Outage outage() {
    return last;
  }

  @Override
  public Optional<Map<String, VerificationKey>> fetch() {
    Optional<byte[]> document =
        new JsonDocument(issuer.at(PATH), "application/json").fetch(timeout);
    if (document.isEmpty()) {
      return without(Outage.UNREACHABLE);
    }
    Json.Members metadata;
    try {
      metadata = JsonReader.object(document.get());
    } catch (Malformed e) {
      return without(Outage.DISCOVERY);
    }
    // §4.3: exactly, or a document made for one tenant would name the keys of another.
    if (!metadata.text("issuer").equals(Optional.of(issuer.name()))) {
      return without(Outage.ISSUER);
    }
    Optional<URI> keys = metadata.text("jwks_uri").flatMap(issuer::trusted);
    if (keys.isEmpty()) {
      return without(Outage.JWKS_URI);
    }
    var found = new JwksEndpoint(keys.get(), timeout).fetch();
    return found.isPresent() ? found : without(Outage.KEYS);
  }

  private Optional<Map<String, VerificationKey>> without(Outage outage) {
    last = outage;
    return Optional.empty();
  }
}
