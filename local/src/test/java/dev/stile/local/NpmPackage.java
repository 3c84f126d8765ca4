package dev.stile.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A published npm package, brought into the build's folder as it is. Without npm or its registry
/// the test is skipped, loudly.
final class NpmPackage {
  private static final Path FOLDER = Path.of("target", "npm");
  private static final int PATIENCE_SECONDS = 60;

  private NpmPackage() {}

  /// The text of one file of a package such as `@scope/name@1.2.3`.
  static String file(String packageVersion, String path) throws IOException {
    String name = packageVersion.substring(0, packageVersion.lastIndexOf('@'));
    Path file = FOLDER.resolve("node_modules").resolve(name).resolve(path);
    if (!Files.exists(file)) {
      install(packageVersion);
    }
    return Files.readString(file);
  }

  private static void install(String packageVersion) throws IOException {
    Files.createDirectories(FOLDER);
    var npm =
        new ProcessBuilder(
                "npm",
                "install",
                "--prefix",
                FOLDER.toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                packageVersion)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("npm.log").toFile());
    try {
      Process process = npm.start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroy();
        throw Skipped.because(
            packageVersion + " in a browser, for npm did not bring it; see target/npm/npm.log");
      }
    } catch (IOException e) {
      throw Skipped.because(packageVersion + " in a browser, for there is no npm here");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
