package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.key.Keys;
import dev.stile.key.KeysContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest extends KeysContract {
  @TempDir Path directory = Path.of("");

  @Override
  protected Keys start() {
    return LocalKeys.in(directory.resolve("keys"));
  }

  @Test
  void keepsThemToTheOwnerOfTheFile() throws Exception {
    Assumptions.assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    start();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys"))))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void diesWithTheProcessWithoutAFile() {
    assertThat(LocalKeys.in(null).first()).isNotEqualTo(LocalKeys.in(null).first());
  }
}
