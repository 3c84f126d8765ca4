package dev.stile.token;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Judges DPoP proofs (RFC 9449 §4.3), all but whether one was shown before.
public interface PossessionProofs {
  /// Empty for what is no proof of this request, made now.
  Optional<Possession> read(String proof, String method, URI address, Instant now);
}
