package dev.stile.local;

import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./stile policy check FILE`: whether a document is a policy, and what in it is without effect.
final class PolicyCommand {
  private static final int FOUND = 1;

  private PolicyCommand() {}

  /// The exit code: 0 where the document is a policy, with or without findings.
  ///
  /// @throws BadOptions if it is not asked for properly, or the file cannot be read
  static int run(List<String> arguments, PrintStream out) {
    if (arguments.size() != 3 || !arguments.get(1).equals("check")) {
      throw new BadOptions("./stile policy check FILE");
    }
    Path file = Path.of(arguments.get(2));
    byte[] document = bytes(file);
    try {
      List<String> findings = PolicyReview.of(PolicyReader.document(document));
      out.println(file + ": is a policy");
      findings.forEach(finding -> out.println("  without effect: " + finding));
      return 0;
    } catch (PolicyRefused e) {
      out.println(file + ":" + e.line() + ": " + e.getMessage());
      return FOUND;
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadOptions("the policy " + file + " cannot be read");
    }
  }
}
