package dev.stile.memory;

import dev.stile.token.Possession;
import dev.stile.token.UsedProofs;
import java.util.HashSet;
import java.util.Set;

/// Proofs that were shown, in memory.
public final class InMemoryUsedProofs implements UsedProofs {
  private final Set<String> used = new HashSet<>();

  @Override
  public synchronized boolean use(Possession possession) {
    return used.add(possession.proof());
  }
}
