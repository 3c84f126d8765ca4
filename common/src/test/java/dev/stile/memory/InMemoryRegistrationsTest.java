package dev.stile.memory;

import dev.stile.challenge.RegistrationsContract;
import dev.stile.testing.Stores;

class InMemoryRegistrationsTest extends RegistrationsContract {
  private static final Stores STORES = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return STORES;
  }
}
