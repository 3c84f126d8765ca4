package dev.stile.memory;

import dev.stile.testing.Stores;
import dev.stile.token.EndedGrants;
import dev.stile.token.EndedGrantsContract;

class InMemoryEndedGrantsTest extends EndedGrantsContract {
  private final InMemoryStore table = new InMemoryStore();

  @Override
  protected Stores stores() {
    return table.stores();
  }

  @Override
  protected EndedGrants grants() {
    return new InMemoryEndedGrants(table);
  }
}
