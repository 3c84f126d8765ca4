package dev.stile.memory;

import dev.stile.challenge.ChallengesContract;
import dev.stile.testing.Stores;

class InMemoryChallengesTest extends ChallengesContract {
  private final Stores stores = new InMemoryStore().stores();

  @Override
  protected Stores stores() {
    return stores;
  }
}
