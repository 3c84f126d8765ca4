package dev.stile.memory;

import dev.stile.throttle.SendBudget;
import dev.stile.throttle.SendBudgetContract;

class InMemorySendBudgetTest extends SendBudgetContract {
  private final SendBudget budget = new InMemorySendBudget();

  @Override
  protected SendBudget budget() {
    return budget;
  }
}
