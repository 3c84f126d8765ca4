package dev.stile.local;

import dev.stile.token.KeyRotation;
import dev.stile.token.PublishedKeys;
import dev.stile.token.RegisteredKeys;
import dev.stile.token.RegisteredPublications;
import dev.stile.token.SigningKeys;
import dev.stile.token.SigningKeysContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class LocalSigningKeysTest extends SigningKeysContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected SigningKeys startSigner() {
    LocalRegisters registers = registers();
    Clock clock = Clock.systemUTC();
    return new RegisteredKeys(
        new KeyRotation(registers, registers, clock), registers, clock, Duration.ZERO);
  }

  @Override
  protected PublishedKeys startPublisher() {
    return new RegisteredPublications(registers(), Clock.systemUTC());
  }

  private LocalRegisters registers() {
    return LocalKeys.in(directory.resolve("keys")).registers();
  }
}
