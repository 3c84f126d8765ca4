package dev.stile.bench;

import dev.stile.aws.snapshot.Training;
import dev.stile.engines.FunctionProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One way to have a function, and one process of it: from its start, or from its restore, to its
/// first answer.
record Trial(String name, String handler, List<Path> classPath, List<String> options, From from) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx400m",
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  Trial {
    classPath = List.copyOf(classPath);
    options = List.copyOf(options);
  }

  /// Where the clock starts.
  enum From {
    START,
    RESTORE
  }

  /// What one process took.
  record Took(double firstMillis, double cpuMillis, double residentMegabytes) {}

  private FunctionProcess start(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    if (from == From.RESTORE) {
      environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    }
    List<String> all = new ArrayList<>(FLAGS);
    all.addAll(options);
    return FunctionProcess.start(
        new FunctionProcess.Launch(classPath, all, handler + "::handleRequest", environment));
  }

  Took once(Map<String, String> variables, Supplier<byte[]> event)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    try (FunctionProcess process = start(variables)) {
      if (from == From.RESTORE) {
        process.awaitSnapshot(PATIENCE);
        started = System.nanoTime();
        process.restore();
      }
      ask(process, event);
      double millis = (System.nanoTime() - started) / 1e6;
      return new Took(millis, cpuMillis(process), Resident.kilobytes(process.pid()) / 1024.0);
    }
  }

  private void ask(FunctionProcess process, Supplier<byte[]> event)
      throws IOException, InterruptedException {
    String answer = new String(process.invoke(event.get(), PATIENCE), StandardCharsets.UTF_8);
    if (!answer.contains("\"statusCode\":200")) {
      throw new IOException(name + ": " + answer + "\n" + process.output());
    }
  }

  private static double cpuMillis(FunctionProcess process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }

  /// The median of calls to one process that is warm, in microseconds.
  double warmMicros(Map<String, String> variables, Supplier<byte[]> event, int calls)
      throws IOException, InterruptedException {
    try (FunctionProcess process = start(variables)) {
      if (from == From.RESTORE) {
        process.awaitSnapshot(PATIENCE);
        process.restore();
      }
      List<Double> micros = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        long started = System.nanoTime();
        ask(process, event);
        micros.add((System.nanoTime() - started) / 1e3);
      }
      return Medians.of(micros.subList(calls / 3, calls));
    }
  }

  /// Records an AOT cache, as the recipe of the image does.
  void train(Path cache) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-XX:AOTCacheOutput=" + cache);
    command.add("-classpath");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(Training.class.getName());
    command.add(handler);
    Path log = Path.of(cache + ".log");
    Process training =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (training.waitFor() != 0) {
      throw new IOException(Files.readString(log));
    }
  }
}
