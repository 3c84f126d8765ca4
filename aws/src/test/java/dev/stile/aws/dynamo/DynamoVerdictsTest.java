package dev.stile.aws.dynamo;

import dev.stile.challenge.VerdictsContract;
import dev.stile.testing.Stores;

class DynamoVerdictsTest extends VerdictsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int approvalRounds() {
    return 200;
  }
}
