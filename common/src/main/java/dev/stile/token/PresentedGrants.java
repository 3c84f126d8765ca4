package dev.stile.token;

import dev.stile.subject.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Judges a grant that a caller presents to Stile itself, in the header `Stile-Grant`.
public interface PresentedGrants {
  Presented judge(String token, Demand demand, Principal bearer, Instant now);

  /// What the grant has to show: the action, one of these levels, an authentication at most so old.
  record Demand(String action, Set<String> acrs, Duration maxAge) {
    public Demand {
      acrs = Set.copyOf(acrs);
    }
  }

  /// What came of it.
  sealed interface Presented {
    /// Genuine, the bearer's own, and enough. `epoch` is the subject's when the grant was given.
    record Sufficient(String jti, Instant expires, String acr, long epoch) implements Presented {}

    record Insufficient() implements Presented {}
  }
}
