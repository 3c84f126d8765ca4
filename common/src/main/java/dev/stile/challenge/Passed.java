package dev.stile.challenge;

import dev.stile.factor.FactorId;
import java.time.Instant;
import java.util.List;

/// One factor that has passed in a chain: how (RFC 8176), and when.
public record Passed(FactorId factor, List<String> amr, Instant at) {
  public Passed {
    amr = List.copyOf(amr);
  }
}
