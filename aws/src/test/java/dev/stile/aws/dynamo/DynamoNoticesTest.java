package dev.stile.aws.dynamo;

import dev.stile.notice.Notices;
import dev.stile.notice.NoticesContract;
import dev.stile.testing.Stores;

class DynamoNoticesTest extends NoticesContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected Notices notices() {
    return new DynamoNotices(DynamoLocal.shared());
  }
}
