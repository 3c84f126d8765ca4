package dev.stile.local;

import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningKeys;
import dev.stile.token.SigningKeysContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalSigningKeysTest extends SigningKeysContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected SigningKeys startSigner() {
    return LocalKeys.in(directory.resolve("keys"));
  }

  @Override
  protected PublishedKeys startPublisher() {
    return LocalKeys.in(directory.resolve("keys"));
  }
}
