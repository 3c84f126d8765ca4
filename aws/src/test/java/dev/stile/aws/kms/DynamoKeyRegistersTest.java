package dev.stile.aws.kms;

import dev.stile.token.KeyRegisters;
import dev.stile.token.KeyRegistersContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoKeyRegistersTest extends KeyRegistersContract {
  @RegisterExtension static final KeyEngines ENGINES = new KeyEngines();

  @Override
  protected KeyRegisters registers() {
    return new DynamoKeyRegisters(ENGINES.dynamo(), ENGINES.table(), KeyEngines.TENANT);
  }
}
