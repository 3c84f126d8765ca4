package dev.stile.aws.dynamo;

import dev.stile.challenge.ActivationsContract;
import dev.stile.testing.Stores;

class DynamoActivationsTest extends ActivationsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int rounds() {
    return 5;
  }
}
