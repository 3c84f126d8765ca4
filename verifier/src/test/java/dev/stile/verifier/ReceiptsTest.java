package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.verifier.ReceiptJudgement.Accepted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The receipt of the documentation, made once and kept: whoever keeps receipts must be able to
/// verify them with every later version. What is refused is shown where they are made, in `aws`.
class ReceiptsTest {
  private static final Path DOCS = Path.of("..", "docs", "receipt");

  @Test
  void verifiesAReceiptThatWasKept() throws IOException {
    assertThat(Receipts.verify(receipt(), jwks()))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> assertThat(accepted.receipt().display()).isEqualTo("Pay 12.50 EUR to Ada"));
  }

  @Test
  void takesNoReceiptForAGrant() throws IOException {
    GrantVerifier verifier =
        Grants.verifier(URI.create("https://stile.example"))
            .audience("https://bank.example")
            .keys(KeySource.of())
            .build();
    assertThat(verifier.judge(receipt(), Grants.require("pay").anyBinding()))
        .isEqualTo(new Judgement.Refused(Judgement.Reason.TYPE));
  }

  private static String receipt() throws IOException {
    return Files.readString(DOCS.resolve("sample.jws")).strip();
  }

  private static String jwks() throws IOException {
    return Files.readString(DOCS.resolve("sample-jwks.json"));
  }
}
