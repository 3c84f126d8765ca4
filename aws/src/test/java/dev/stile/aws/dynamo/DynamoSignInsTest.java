package dev.stile.aws.dynamo;

import dev.stile.signin.SignIns;
import dev.stile.signin.SignInsContract;

class DynamoSignInsTest extends SignInsContract {
  @Override
  protected SignIns signIns() {
    return new DynamoSignIns(DynamoLocal.shared());
  }
}
