package dev.stile.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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
      out.println(file + ":" + line(document, e.pointer()) + ": " + e.getMessage());
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

  /// Where a JSON pointer (RFC 6901) leads, or the nearest object around it; where the document
  /// ends to be JSON, if it is none.
  private static int line(byte[] document, String pointer) {
    int line = 1;
    try (JsonParser parser = new JsonFactory().createParser(document)) {
      while (parser.nextToken() != null) {
        String at = parser.getParsingContext().pathAsPointer().toString();
        boolean begins = parser.currentToken() != JsonToken.END_OBJECT && !at.isEmpty();
        if (begins && (pointer.equals(at) || pointer.startsWith(at + "/"))) {
          line = parser.currentTokenLocation().getLineNr();
        }
        if (pointer.equals(at) && !at.isEmpty()) {
          return line;
        }
      }
    } catch (JacksonException e) {
      return e.getLocation().getLineNr();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line;
  }
}
