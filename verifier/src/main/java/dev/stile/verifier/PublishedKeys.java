package dev.stile.verifier;

import java.util.Map;
import java.util.Optional;

/// One look at the keys that an issuer publishes; empty whatever went wrong.
@FunctionalInterface
interface PublishedKeys {
  Optional<Map<String, VerificationKey>> fetch();
}
