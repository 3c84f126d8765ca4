package dev.stile.bench;

import java.util.List;
import java.util.Map;

/// `./stile bench`: each benchmark by name. What it finds goes to the terminal, and with `--write`
/// into docs/performance.md and its pictures.
final class Bench {
  private static final Map<String, Command> COMMANDS = Map.of("cost", Cost::run, "cold", Cold::run);

  private Bench() {}

  /// Measures, and tells what it found.
  private interface Command {
    Findings run(List<String> arguments) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Command command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (command == null) {
      System.err.println("Usage: ./stile bench cost|cold [--write]");
      System.exit(2);
      return;
    }
    List<String> all = List.of(arguments);
    Findings findings = command.run(all);
    System.out.println(findings.markdown());
    if (all.contains("--write")) {
      Page.write(arguments[0], findings);
    }
  }
}
