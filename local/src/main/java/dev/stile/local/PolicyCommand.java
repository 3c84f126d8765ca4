package dev.stile.local;

import dev.stile.assurance.Policy;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.factor.Factor;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `./stile policy`: whether a document is a policy and what in it is without effect, or what it
/// decides for one action.
final class PolicyCommand {
  private static final int FOUND = 1;
  private static final String USE =
      "./stile policy check FILE or ./stile policy explain FILE --action NAME --factors LIST"
          + " [--acr-values LIST]";

  private static final Set<String> OPTIONS = Set.of("--action", "--factors", "--acr-values");

  private PolicyCommand() {}

  /// The exit code: 0 where the document is a policy, with or without findings, or where there is a
  /// grant.
  ///
  /// @throws BadOptions if it is not asked for properly, or the file cannot be read
  static int run(List<String> arguments, PrintStream out) {
    if (arguments.size() < 3) {
      throw new BadOptions(USE);
    }
    Path file = Path.of(arguments.get(2));
    List<String> options = arguments.subList(3, arguments.size());
    return switch (arguments.get(1)) {
      case "check" -> check(file, options, out);
      case "explain" -> explain(file, options, out);
      default -> throw new BadOptions(USE);
    };
  }

  private static int check(Path file, List<String> options, PrintStream out) {
    if (!options.isEmpty()) {
      throw new BadOptions(USE);
    }
    byte[] document = bytes(file);
    try {
      List<String> findings = PolicyReview.of(PolicyReader.document(document));
      out.println(file + ": is a policy");
      findings.forEach(finding -> out.println("  without effect: " + finding));
      return 0;
    } catch (PolicyRefused e) {
      return refused(file, e, out);
    }
  }

  private static int explain(Path file, List<String> options, PrintStream out) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < options.size(); i += 2) {
      if (i + 1 == options.size() || !OPTIONS.contains(options.get(i))) {
        throw new BadOptions(USE);
      }
      values.put(options.get(i), options.get(i + 1));
    }
    String action = values.getOrDefault("--action", "");
    List<Factor> factors = factors(values.getOrDefault("--factors", ""));
    String levels = values.getOrDefault("--acr-values", "").strip();
    Set<String> acrValues = levels.isEmpty() ? Set.of() : Set.of(levels.split(" +"));
    byte[] document = bytes(file);
    try {
      Policy policy = PolicyReader.read(document);
      return new PolicyExplanation(policy, factors, acrValues, out).of(action);
    } catch (PolicyRefused e) {
      return refused(file, e, out);
    }
  }

  private static List<Factor> factors(String list) {
    try {
      return ImaginedFactors.of(list);
    } catch (IllegalArgumentException e) {
      throw new BadOptions("--factors: " + e.getMessage() + "; " + USE);
    }
  }

  private static int refused(Path file, PolicyRefused why, PrintStream out) {
    out.println(file + ":" + why.line() + ": " + why.getMessage());
    return FOUND;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadOptions("the policy " + file + " cannot be read");
    }
  }
}
