package dev.stile.memory;

import dev.stile.signin.SignIns;
import dev.stile.signin.SignInsContract;

class InMemorySignInsTest extends SignInsContract {
  private final SignIns signIns = new InMemorySignIns();

  @Override
  protected SignIns signIns() {
    return signIns;
  }
}
