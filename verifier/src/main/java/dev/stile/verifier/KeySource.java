package dev.stile.verifier;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// Where the issuer's public keys come from. An implementation answers from keys it already trusts
/// and takes the `kid` as a name only, never as a place to look; it may be called from many threads
/// and does not throw.
@FunctionalInterface
public interface KeySource {
  Lookup find(String kid);

  /// Keys that the process holds itself, such as those it signs with; no two under one `kid`.
  static KeySource of(VerificationKey... keys) {
    Map<String, VerificationKey> byKid =
        Arrays.stream(keys).collect(Collectors.toUnmodifiableMap(VerificationKey::kid, key -> key));
    return kid -> {
      VerificationKey key = byKid.get(kid);
      return key == null ? new Lookup.Unknown() : new Lookup.Found(key);
    };
  }

  /// What came of asking for one key.
  sealed interface Lookup {
    record Found(VerificationKey key) implements Lookup {}

    /// The issuer has no such key.
    record Unknown() implements Lookup {}

    /// It cannot be said now which keys the issuer has.
    record Unavailable() implements Lookup {}
  }
}
