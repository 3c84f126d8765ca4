package dev.stile.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
  @Tag("R01")
  @ParameterizedTest
  @ValueSource(strings = {"000000", "012345", "123456", "1234567", "00000000", "99999999"})
  void keepsTheDigitsAsTheyAre(String digits) {
    assertThat(Code.of(digits).reveal()).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12345",
        "123456789",
        "12345a",
        "+123456",
        "-12345",
        " 123456",
        "123456\n",
        "123 456",
        "12345.",
        "1e5000",
        "0x1234",
        "\u0661\u0662\u0663\u0664\u0665\u0666", // Arabic-Indic
        "\u0967\u0968\u0969\u096a\u096b\u096c", // Devanagari
        "\uff11\uff12\uff13\uff14\uff15\uff16", // full width
        "12345\u0666",
        "\ud835\udfce\ud835\udfcf\ud835\udfd0" // mathematical bold, two units each
      })
  void refusesWhatIsNotAsciiDigits(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Code.of(text))
        .withMessage("a code is 6 to 8 ASCII digits");
  }

  @Test
  void isEqualByDigitsAndNotByNumber() {
    assertThat(Code.of("012345")).isEqualTo(Code.of("012345")).hasSameHashCodeAs(Code.of("012345"));
    for (String other : List.of("0012345", "112345", "012346", "00012345")) {
      assertThat(Code.of("012345")).isNotEqualTo(Code.of(other));
    }
    assertThat(Code.of("012345").equals(null)).isFalse();
    assertThat((Object) Code.of("012345")).isNotEqualTo("012345");
  }

  @Tag("R27")
  @Test
  void printsNothingOfItself() {
    assertThat(Code.of("314159")).hasToString("Code[redacted]");
    assertThat("%s %s".formatted(Code.of("314159"), List.of(Code.of("314159"))))
        .doesNotContain("314159");
  }

  @Test
  void cannotBeSerialised() throws IOException {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatExceptionOfType(NotSerializableException.class)
          .isThrownBy(() -> out.writeObject(Code.of("314159")))
          .withMessageNotContaining("314159");
    }
  }
}
