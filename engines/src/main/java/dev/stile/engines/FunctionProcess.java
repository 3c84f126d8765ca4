package dev.stile.engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A function in a process of its own, started by Lambda's runtime interface client as on Lambda: a
/// class path, a handler and an environment, and nothing from around it. The client has to be on
/// the class path.
public final class FunctionProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final RuntimeApi api;
  private final Process process;
  private final Path output;

  private FunctionProcess(RuntimeApi api, Process process, Path output) {
    this.api = api;
    this.process = process;
    this.output = output;
  }

  /// What to start.
  public record Launch(
      List<Path> classPath, List<String> options, String handler, Map<String, String> environment) {
    public Launch {
      classPath = List.copyOf(classPath);
      options = List.copyOf(options);
      environment = Map.copyOf(environment);
    }
  }

  /// On the JDK that runs this.
  public static FunctionProcess start(Launch launch) {
    return start(launch, Path.of("").toAbsolutePath());
  }

  /// The same in a folder of its own, which stands for `/var/task`: the client looks there for
  /// classes, and for jars in `lib`.
  public static FunctionProcess start(Launch launch, Path folder) {
    RuntimeApi api = RuntimeApi.start();
    try {
      Path output = Files.createTempFile("function", ".log");
      var builder =
          new ProcessBuilder(command(launch))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.put("AWS_LAMBDA_RUNTIME_API", api.authority());
      environment.put("_HANDLER", launch.handler());
      environment.put("AWS_LAMBDA_FUNCTION_NAME", "stand-in");
      environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
      environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
      environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "stand-in");
      environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stand-in");
      environment.putAll(launch.environment());
      return new FunctionProcess(api, builder.start(), output);
    } catch (IOException e) {
      api.close();
      throw new EngineFailure("The function's process does not start", e);
    }
  }

  private static List<String> command(Launch launch) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.options());
    command.add("-classpath");
    command.add(
        launch.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(CLIENT);
    command.add(launch.handler());
    return command;
  }

  /// @throws EngineFailure if the function fails or does not answer in time
  public byte[] invoke(byte[] event, Duration patience) throws InterruptedException {
    return api.invoke(event, patience);
  }

  /// Waits for the moment at which a snapshot is taken, of a function started with
  /// `AWS_LAMBDA_INITIALIZATION_TYPE`.
  public void awaitSnapshot(Duration patience) throws InterruptedException {
    api.awaitSnapshot(patience);
  }

  /// Lets it go on as one that was restored.
  public void restore() {
    api.restore();
  }

  public long pid() {
    return process.pid();
  }

  /// What it wrote so far.
  public String output() throws IOException {
    return Files.readString(output, UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
    try {
      process.waitFor();
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new EngineFailure("The function's output cannot be deleted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
