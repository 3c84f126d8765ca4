package dev.stile.aws.dynamo;

import dev.stile.factor.FactorsContract;
import dev.stile.testing.Stores;

class DynamoFactorsTest extends FactorsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int rounds() {
    return 8;
  }
}
