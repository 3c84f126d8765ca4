package dev.stile.aws.dynamo;

import dev.stile.challenge.ChallengesContract;
import dev.stile.testing.Stores;

class DynamoChallengesTest extends ChallengesContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected int rounds() {
    return 4;
  }
}
