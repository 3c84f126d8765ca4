package dev.stile.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stile.engines.FunctionProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A function in a process of its own, as on Lambda: the runtime interface client and what comes
/// with it on the class path, and the zip unpacked where it stands.
final class Lambda implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RUNTIME =
      List.of(
          "aws-lambda-java-runtime-interface-client-",
          "aws-lambda-java-serialization-",
          "aws-lambda-java-core-",
          "utils-lite-",
          "annotations-");

  private final FunctionProcess process;

  private Lambda(FunctionProcess process) {
    this.process = process;
  }

  static Lambda start(
      Path task, String handler, List<String> options, Map<String, String> environment) {
    return new Lambda(
        FunctionProcess.start(
            new FunctionProcess.Launch(runtime(), options, handler, environment), task));
  }

  private static List<Path> runtime() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> RUNTIME.stream().anyMatch(jar.getFileName().toString()::startsWith))
        .toList();
  }

  /// What the function answers to the event.
  JsonNode invoke(JsonNode event) throws IOException, InterruptedException {
    return JSON.readTree(process.invoke(event.toString().getBytes(UTF_8), PATIENCE));
  }

  /// What it wrote so far.
  String output() throws IOException {
    return process.output();
  }

  @Override
  public void close() {
    process.close();
  }
}
