package dev.stile.memory;

import dev.stile.factor.FactorsContract;
import dev.stile.testing.Stores;

class InMemoryFactorsTest extends FactorsContract {
  private final Stores stores = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return stores;
  }
}
