package dev.stile.aws.dynamo;

import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.DirectVerdictsContract;
import dev.stile.testing.Stores;

class DynamoDirectVerdictsTest extends DirectVerdictsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected DirectVerdicts direct() {
    return new DynamoDirectVerdicts(DynamoLocal.shared());
  }
}
