package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceTest {
  @Test
  void writesNothingToTheConsoleAndLetsTheProcessEnd(@TempDir Path home) throws Exception {
    var console = home.resolve("console");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AllEngines.class.getName(), home.resolve("tables").toString()));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
    process.environment().remove("JAVA_TOOL_OPTIONS");
    var running = process.start();
    try {
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).as("ended by itself").isTrue();
      assertThat(Files.readString(console)).isEmpty();
      assertThat(running.exitValue()).isZero();
    } finally {
      running.destroyForcibly();
    }
  }

  /// Those of the parent pom, without any that an editor or a coverage agent added.
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") || flag.contains("-access="))
        .toList();
  }
}
