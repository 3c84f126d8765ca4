package dev.stile.memory;

import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRegisters;
import dev.stile.token.SigningAlgorithm;
import java.util.EnumMap;
import java.util.Map;

/// The registers of signing keys in memory.
public final class InMemoryKeyRegisters implements KeyRegisters {
  private final Map<SigningAlgorithm, KeyRegister> registers =
      new EnumMap<>(SigningAlgorithm.class);

  @Override
  public synchronized KeyRegister read(SigningAlgorithm algorithm) {
    return registers.getOrDefault(algorithm, KeyRegister.empty(algorithm));
  }

  @Override
  public synchronized boolean keep(KeyRegister next) {
    if (read(next.algorithm()).version() != next.version() - 1) {
      return false;
    }
    registers.put(next.algorithm(), next);
    return true;
  }
}
