package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
  private static final long SEED = 20260701;

  /// RFC 4648 §10, without the padding.
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void agreesWithTheRfc(String plain, String encoded) {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.UPPER.encode(bytes)).isEqualTo(encoded);
    assertThat(Base32.UPPER.decode(encoded)).isEqualTo(bytes);
    String lower = encoded.toLowerCase(Locale.ROOT);
    assertThat(Base32.LOWER.encode(bytes)).isEqualTo(lower);
    assertThat(Base32.LOWER.decode(lower)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M",
        "MZX",
        "MZXW6Y",
        "MZXW6YTBO", // impossible lengths
        "MZ",
        "MZXR",
        "MZXW7",
        "MZXW6YR", // left-over bits
        "my",
        "MY======",
        "M1",
        "M0",
        "M8",
        "M9",
        "MY ",
        " MY",
        "M-",
        "M\u00dd",
        "\uff2d\uff39"
      })
  void refusesWhatIsNotCanonical(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Base32.UPPER.decode(text));
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatItWasGiven(Base32 alphabet) {
    var random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(70)];
      random.nextBytes(bytes);
      assertThat(alphabet.decode(alphabet.encode(bytes))).as("seed %d", SEED).isEqualTo(bytes);
    }
  }

  @Test
  void hasOneTextForOneValue() {
    var random = new Random(SEED);
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(32)));
      }
      decoded(text.toString())
          .forEach(bytes ->
              assertThat(Base32.UPPER.encode(bytes))
                  .as("seed %d", SEED)
                  .isEqualTo(text.toString()));
    }
  }

  private static Set<byte[]> decoded(String text) {
    try {
      return Set.of(Base32.UPPER.decode(text));
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  @Test
  void givesRandomIdsOf128Bits() {
    var ids = new RandomIds(new java.security.SecureRandom());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = ids.text();
      assertThat(id).matches("[a-z2-7]{26}");
      assertThat(Base32.LOWER.decode(id)).hasSize(16);
      seen.add(id);
    }
    assertThat(seen).hasSize(10_000);
  }
}
