package dev.stile.memory;

import dev.stile.challenge.VerdictsContract;
import dev.stile.testing.Stores;

class InMemoryVerdictsTest extends VerdictsContract {
  private final Stores stores = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return stores;
  }
}
