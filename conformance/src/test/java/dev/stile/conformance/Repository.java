package dev.stile.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where things lie.
final class Repository {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path CONFORMANCE = ROOT.resolve("docs/conformance");

  private Repository() {}

  /// This folder of each module that has it.
  static List<Path> inModules(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList();
    }
  }

  /// The source of a test class, relative to the repository.
  static Path source(String className) throws IOException {
    String outer = className.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    return inModules("src/test/java").stream()
        .map(sources -> sources.resolve(outer))
        .filter(Files::exists)
        .map(ROOT::relativize)
        .findFirst()
        .orElseThrow(() -> new IOException("no source of " + className));
  }
}
