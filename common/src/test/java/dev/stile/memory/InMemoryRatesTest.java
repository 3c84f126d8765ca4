package dev.stile.memory;

import dev.stile.throttle.Rates;
import dev.stile.throttle.RatesContract;

class InMemoryRatesTest extends RatesContract {
  private final Rates rates = new InMemoryRates();

  @Override
  protected Rates rates() {
    return rates;
  }
}
