package dev.stile.memory;

import dev.stile.notice.Notices;
import dev.stile.notice.NoticesContract;
import dev.stile.testing.Stores;

class InMemoryNoticesTest extends NoticesContract {
  private final InMemoryStore table = new InMemoryStore();
  private final Stores stores = table.stores();
  private final Notices notices = new InMemoryNotices(table);

  @Override
  protected Stores stores() {
    return stores;
  }

  @Override
  protected Notices notices() {
    return notices;
  }
}
