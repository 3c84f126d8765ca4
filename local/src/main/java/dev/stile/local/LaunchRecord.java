package dev.stile.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Run by the build, on the JDK that it chose: writes down how Stile is started.
final class LaunchRecord {
  /// C1 alone and one collector thread: up sooner and smaller. The heap begins small, not at a
  /// share of the machine's memory, and what is new is collected often. The rest silences warnings
  /// about what the embedded engines do with native code.
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms32m",
          "-Xmn16m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dslf4j.internal.verbosity=WARN");

  private LaunchRecord() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(directory.resolve("java"), java + "\n");
    String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
    Files.writeString(
        directory.resolve("arguments"),
        String.join("\n", FLAGS) + "\n-classpath \"" + classPath + "\"\n");
  }
}
