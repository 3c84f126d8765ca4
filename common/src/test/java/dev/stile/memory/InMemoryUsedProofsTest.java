package dev.stile.memory;

import dev.stile.token.UsedProofs;
import dev.stile.token.UsedProofsContract;

class InMemoryUsedProofsTest extends UsedProofsContract {
  private final UsedProofs proofs = new InMemoryUsedProofs();

  @Override
  protected UsedProofs proofs() {
    return proofs;
  }
}
