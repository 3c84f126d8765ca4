package dev.stile.memory;

import dev.stile.challenge.ActivationsContract;
import dev.stile.testing.Stores;

class InMemoryActivationsTest extends ActivationsContract {
  private final Stores stores = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return stores;
  }
}
