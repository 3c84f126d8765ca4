package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.local.Options.BadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./stile receipt verify` on the receipt of the documentation.
class ReceiptCommandTest {
  private static final Path DOCS = Path.of("..", "docs", "receipt");
  private static final String RECEIPT = DOCS.resolve("sample.jws").toString();
  private static final String JWKS = DOCS.resolve("sample-jwks.json").toString();

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void tellsWhatAReceiptProves() throws IOException {
    assertThat(run("receipt", "verify", RECEIPT, "--jwks", JWKS)).isZero();
    assertThat(told.toString(StandardCharsets.UTF_8))
        .startsWith("VERIFIED: the key of ada signed this.")
        .contains(
            "shown           Pay 12.50 EUR to Ada",
            "amount          12.50 EUR",
            "payee           Ada",
            "action          pay",
            "at              https://login.example.org for example.org",
            "user verified   yes");
  }

  @Test
  void refusesAReceiptThatWasChanged() throws IOException {
    String changed = Files.readString(Path.of(RECEIPT)).strip();
    Path file = folder.resolve("changed.jws");
    Files.writeString(file, changed.substring(0, changed.length() - 9) + "AAAAAAAAA");
    assertThat(run("receipt", "verify", file.toString(), "--jwks", JWKS)).isEqualTo(1);
    assertThat(told.toString(StandardCharsets.UTF_8)).startsWith("REFUSED SIGNATURE");
  }

  @Test
  void refusesAFileThatIsNoReceipt() throws IOException {
    assertThat(run("receipt", "verify", JWKS, "--jwks", JWKS)).isEqualTo(1);
    assertThat(run("receipt", "verify", RECEIPT, "--jwks", RECEIPT)).isEqualTo(1);
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("REFUSED MALFORMED", "REFUSED KEY");
  }

  @Test
  void saysHowItIsUsed() {
    for (List<String> arguments :
        List.of(
            List.of("receipt"),
            List.of("receipt", "verify"),
            List.of("receipt", "show", RECEIPT),
            List.of("receipt", "verify", RECEIPT, "--jwks"),
            List.of("receipt", "verify", RECEIPT, "--keys", JWKS))) {
      assertThatThrownBy(() -> run(arguments.toArray(String[]::new)))
          .isInstanceOf(BadOptions.class)
          .hasMessageContaining("./stile receipt verify FILE");
    }
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> run("receipt", "verify", "nowhere.jws", "--jwks", JWKS))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("nowhere.jws");
  }

  private int run(String... arguments) throws IOException {
    return ReceiptCommand.run(
        List.of(arguments), new PrintStream(told, true, StandardCharsets.UTF_8));
  }
}
