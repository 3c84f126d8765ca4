package dev.stile.model;

import dev.stile.memory.InMemoryStore;
import dev.stile.testing.Stores;

class InMemoryModelTest extends ModelContract {
  @Override
  protected Stores stores() {
    return new InMemoryStore().stores();
  }

  @Override
  protected int sequences() {
    return 20_000;
  }
}
