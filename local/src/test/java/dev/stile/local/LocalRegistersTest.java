package dev.stile.local;

import dev.stile.token.KeyRegisters;
import dev.stile.token.KeyRegistersContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistersTest extends KeyRegistersContract {
  @TempDir Path directory = Path.of("");
  private LocalRegisters registers = LocalKeys.in(null).registers();

  @BeforeEach
  void start() {
    registers = LocalKeys.in(directory.resolve("keys")).registers();
  }

  @Override
  protected KeyRegisters registers() {
    return registers;
  }
}
