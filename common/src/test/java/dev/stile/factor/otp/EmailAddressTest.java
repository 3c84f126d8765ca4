package dev.stile.factor.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  private static final long SEED = 20260704;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "ann@example.org, ann@example.org",
        "Ann.Lee@Example.ORG, Ann.Lee@example.org",
        "a@b.de, a@b.de",
        "ann+stile@example.org, ann+stile@example.org",
        "o'neil@example.org, o'neil@example.org",
        "!#$%&*/=?^_`{|}~-@example.org, !#$%&*/=?^_`{|}~-@example.org",
        "0@1.example, 0@1.example",
        "ann@a-b.c-d.example, ann@a-b.c-d.example",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "ann@BÜCHER.example, ann@xn--bcher-kva.example",
        "ann@例え.テスト, ann@xn--r8jz45g.xn--zckzah",
        "ann@example。org, ann@example.org",
      })
  void keepsTheLocalPartAndFoldsTheDomain(String typed, String kept) {
    assertThat(EmailAddress.of(typed).text()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "ann@bob@example.org",
        ".ann@example.org",
        "ann.@example.org",
        "ann..lee@example.org",
        "ann lee@example.org",
        "\"ann lee\"@example.org",
        "ann@exa mple.org",
        " ann@example.org",
        "ann@example.org ",
        "ann@example.org\n",
        "ann\r\nBcc: eve@example.org",
        "ann@example.org,eve@example.org",
        "ann@example.org;eve@example.org",
        "Ann <ann@example.org>",
        "<ann@example.org>",
        "ann@[127.0.0.1]",
        "ann@127.0.0.1",
        "ann@-example.org",
        "ann@example-.org",
        "ann@.example.org",
        "ann@example..org",
        "ann@example.org.",
        "ann@example_x.org",
        "ann@example.1org",
        "ann@example.o",
        "änn@example.org",
        "ann\u0000@example.org",
        "ann@example.org\u0000",
        "ann@exam\u200bple.org\u202e.",
        "ann@\ud800.org",
        "ann\uff20example.org"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailAddress.of(text))
        .withMessage("not an e-mail address");
  }

  @Test
  void keepsToTheLengthsOfTheRfc() {
    String domain = "@example.org";
    assertThat(EmailAddress.of("a".repeat(64) + domain).text()).hasSize(76);
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("a".repeat(65) + domain));
    String label = "b".repeat(63);
    assertThat(EmailAddress.of("a@" + label + ".org").text()).hasSize(69);
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("a@" + label + "b.org"));
    String longest = "a".repeat(58) + "@" + (label + ".").repeat(3) + "org";
    assertThat(EmailAddress.of(longest).text()).hasSize(254);
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("a" + longest));
  }

  /// The ASCII form is what is measured: Unicode domains grow.
  @Test
  void measuresTheAsciiForm() {
    String domain = ("ü".repeat(20) + ".").repeat(11) + "org";
    assertThat(domain.length()).isLessThan(254);
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("a@" + domain));
  }

  @Test
  void canBeReadAgainFromItsText() {
    var address = EmailAddress.of("Ann@BÜCHER.example");
    assertThat(EmailAddress.of(address.text())).isEqualTo(address);
    assertThat(new EmailAddress(address.text())).isEqualTo(address);
    assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress("ann@Example.org"));
  }

  @Test
  void foldsCaseForLimitsAlone() {
    assertThat(EmailAddress.of("Ann@Example.org").folded()).isEqualTo("ann@example.org");
    assertThat(EmailAddress.of("Ann@Example.org")).isNotEqualTo(EmailAddress.of("ann@example.org"));
  }

  /// Whatever is thrown at it, it answers with an address or its one refusal.
  @Test
  void neverFailsInAnotherWay() {
    var random = new Random(SEED);
    String letters = "a.@-。．ü\u0301\u200d\ud83d\ude00A0xn\u00df\u0130 \u0000";
    int good = 0;
    for (int i = 0; i < 50_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        var address = EmailAddress.of(text.toString());
        assertThat(address.text()).matches("[!-~]+@[a-z0-9.-]+");
        good++;
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed %d", SEED).hasMessage("not an e-mail address");
      }
    }
    assertThat(good).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "+41791234567, ••• 67",
    "+4366412345678, ••• 78",
  })
  void masksAPhoneDownToItsLastDigits(String number, String masked) {
    assertThat(Masking.phone(number)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.org, a•••@example.org",
    "Ann.Lee@example.org, A•••@example.org",
    "a@b.de, a•••@b.de"
  })
  void masksAMailboxDownToItsFirstLetter(String address, String masked) {
    assertThat(Masking.email(EmailAddress.of(address))).isEqualTo(masked);
  }
}
