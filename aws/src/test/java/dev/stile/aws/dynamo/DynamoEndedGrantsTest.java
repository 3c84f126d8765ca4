package dev.stile.aws.dynamo;

import dev.stile.testing.Stores;
import dev.stile.token.EndedGrants;
import dev.stile.token.EndedGrantsContract;

class DynamoEndedGrantsTest extends EndedGrantsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected EndedGrants grants() {
    return new DynamoEndedGrants(DynamoLocal.shared());
  }
}
