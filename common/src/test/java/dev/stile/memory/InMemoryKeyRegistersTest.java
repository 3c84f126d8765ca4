package dev.stile.memory;

import dev.stile.token.KeyRegisters;
import dev.stile.token.KeyRegistersContract;

class InMemoryKeyRegistersTest extends KeyRegistersContract {
  private final KeyRegisters registers = new InMemoryKeyRegisters();

  @Override
  protected KeyRegisters registers() {
    return registers;
  }
}
