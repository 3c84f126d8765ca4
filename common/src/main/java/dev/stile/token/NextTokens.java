package dev.stile.token;

import java.time.Instant;
import java.util.Optional;

/// Reads what a chain goes on with.
public interface NextTokens {
  /// The token's content, if Stile has signed it for this and it has not expired. Whether it was
  /// used is not told: opening the next challenge uses it up.
  Optional<Next> read(String token, Instant now);
}
