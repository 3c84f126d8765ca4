package dev.stile.vendor.jose;

import dev.stile.token.Possession;
import dev.stile.token.PossessionProofs;
import dev.stile.verifier.PossessionProof;
import dev.stile.verifier.Proof;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Judges proofs with the library that resource servers use.
public final class VerifierProofs implements PossessionProofs {
  @Inject
  public VerifierProofs() {}

  @Override
  public Optional<Possession> read(String proof, String method, URI address, Instant now) {
    return PossessionProof.of(new Proof(method, address, proof), now)
        .map(read -> new Possession(read.thumbprint(), read.name(), read.goodUntil()));
  }
}
