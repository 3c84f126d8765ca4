package dev.stile.verifier;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The address of an issuer's key set.
final class JwksEndpoint implements PublishedKeys {
  static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final JsonDocument document;
  private final Duration timeout;

  JwksEndpoint(URI uri, Duration timeout) {
    this.document = new JsonDocument(uri, "application/jwk-set+json, application/json");
    this.timeout = timeout;
  }

  @Override
  public Optional<Map<String, VerificationKey>> fetch() {
    return document.fetch(timeout).flatMap(JwkSetReader::read);
  }
}
