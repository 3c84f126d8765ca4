package dev.stile.aws.dynamo;

import dev.stile.throttle.Rates;
import dev.stile.throttle.RatesContract;

class DynamoRatesTest extends RatesContract {
  @Override
  protected Rates rates() {
    return new DynamoRates(DynamoLocal.shared());
  }
}
