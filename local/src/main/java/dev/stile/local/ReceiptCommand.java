package dev.stile.local;

import dev.stile.local.Options.BadOptions;
import dev.stile.verifier.ReceiptJudgement;
import dev.stile.verifier.ReceiptJudgement.Fault;
import dev.stile.verifier.Receipts;
import dev.stile.verifier.VerifiedReceipt;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `./stile receipt verify`: tells what a receipt proves, offline where the keys are kept with it.
final class ReceiptCommand {
  private static final int REFUSED = 1;
  private static final URI RUNNING_SERVICE =
      URI.create("http://localhost:" + Options.DEFAULT_PORT + "/.well-known/jwks.json");

  private ReceiptCommand() {}

  /// @return the exit status
  static int run(List<String> arguments, PrintStream out) throws IOException {
    boolean kept = arguments.size() == 5 && arguments.get(3).equals("--jwks");
    if (!(kept || arguments.size() == 3) || !arguments.get(1).equals("verify")) {
      throw new BadOptions("./stile receipt verify FILE [--jwks FILE]");
    }
    String receipt = Files.readString(Path.of(arguments.get(2))).strip();
    String jwks = kept ? Files.readString(Path.of(arguments.get(4))) : published();
    return switch (Receipts.verify(receipt, jwks)) {
      case ReceiptJudgement.Accepted(VerifiedReceipt proven) -> {
        tell(proven, out);
        yield 0;
      }
      case ReceiptJudgement.Refused(Fault fault) -> {
        out.println("REFUSED " + fault + ": this proves nothing.");
        yield REFUSED;
      }
    };
  }

  /// Of the service that runs on this machine.
  private static String published() throws IOException {
    try (var in = RUNNING_SERVICE.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadOptions(
          "no keys at " + RUNNING_SERVICE + "; name those that were kept by --jwks FILE");
    }
  }

  private static void tell(VerifiedReceipt receipt, PrintStream out) {
    out.printf("VERIFIED: the key of %s signed this.%n%n", harmless(receipt.subject()));
    line(out, "shown", receipt.display());
    receipt.binding().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> line(out, member.getKey(), member.getValue()));
    line(out, "action", receipt.action());
    line(out, "approved at", receipt.approvedAt().toString());
    line(out, "at", receipt.origin() + " for " + receipt.relyingParty());
    line(out, "user verified", receipt.userVerified() ? "yes" : "no");
    line(out, "level", receipt.acr() + " by " + String.join(", ", receipt.amr()));
    line(out, "credential", receipt.credential());
    line(out, "transaction", receipt.transaction());
    line(out, "grant", receipt.grant());
    line(out, "issuer", receipt.issuer() + ", tenant " + receipt.tenant());
  }

  /// Who made up a receipt must not write to the terminal of who judges it.
  private static void line(PrintStream out, String name, String value) {
    out.printf("  %-15s %s%n", harmless(name), harmless(value));
  }

  private static String harmless(String text) {
    return text.replaceAll("\\p{C}", "\ufffd");
  }
}
