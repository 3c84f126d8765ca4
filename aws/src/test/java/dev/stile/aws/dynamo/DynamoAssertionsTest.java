package dev.stile.aws.dynamo;

import dev.stile.challenge.AssertionsContract;
import dev.stile.testing.Stores;

class DynamoAssertionsTest extends AssertionsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int approvalRounds() {
    return 200;
  }
}
