package dev.stile.aws.dynamo;

import dev.stile.challenge.RegistrationsContract;
import dev.stile.testing.Stores;

class DynamoRegistrationsTest extends RegistrationsContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }
}
