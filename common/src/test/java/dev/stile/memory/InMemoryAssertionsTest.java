package dev.stile.memory;

import dev.stile.challenge.AssertionsContract;
import dev.stile.testing.Stores;

class InMemoryAssertionsTest extends AssertionsContract {
  private static final Stores STORES = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return STORES;
  }
}
