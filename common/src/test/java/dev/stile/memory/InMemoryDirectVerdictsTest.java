package dev.stile.memory;

import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.DirectVerdictsContract;
import dev.stile.testing.Stores;

class InMemoryDirectVerdictsTest extends DirectVerdictsContract {
  private final InMemoryStore table = new InMemoryStore();

  @Override
  protected Stores stores() {
    return table.stores();
  }

  @Override
  protected DirectVerdicts direct() {
    return new InMemoryDirectVerdicts(table);
  }
}
