package dev.stile.token;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Reads the grants that Stile itself has signed.
public interface IssuedGrants {
  /// The grant, if it is genuine, for one of these audiences, and has not expired. Whether it was
  /// used or revoked is not told: that is [EndedGrants]'.
  Optional<Grant> read(String token, Set<String> audiences, Instant now);
}
