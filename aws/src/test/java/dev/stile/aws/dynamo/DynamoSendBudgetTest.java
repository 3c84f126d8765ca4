package dev.stile.aws.dynamo;

import dev.stile.throttle.SendBudget;
import dev.stile.throttle.SendBudgetContract;

class DynamoSendBudgetTest extends SendBudgetContract {
  @Override
  protected SendBudget budget() {
    return new DynamoSendBudget(DynamoLocal.shared());
  }

  @Override
  protected int rounds() {
    return 8;
  }
}
