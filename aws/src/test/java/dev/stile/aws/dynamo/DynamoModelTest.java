package dev.stile.aws.dynamo;

import dev.stile.model.ModelContract;
import dev.stile.testing.Stores;

class DynamoModelTest extends ModelContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int sequences() {
    return 200;
  }
}
