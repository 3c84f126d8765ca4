package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static final long SEED = 20260702;

  @Test
  void putsTheLengthBeforeEachField() {
    assertThat(hex(Fields.join("ab", "", new byte[] {9}, 1, 2L)))
        .isEqualTo(
            "00000002"
                + "6162"
                + "00000000"
                + "00000001"
                + "09"
                + "00000004"
                + "00000001"
                + "00000008"
                + "0000000000000002");
    assertThat(Fields.join()).isEmpty();
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(hex(Fields.join("€"))).isEqualTo("00000003e282ac");
    assertThat(hex(Fields.join("😀"))).isEqualTo("00000004f09f9880");
  }

  /// Fields of few letters, zero bytes and what looks like a length: where joining could go wrong,
  /// two lists collide within a few thousand tries.
  @Test
  void givesNoTwoListsOfTextsTheSameBytes() {
    var random = new Random(SEED);
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      List<String> fields = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        var field = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
          field.append("\0\1a".charAt(random.nextInt(3)));
        }
        fields.add(field.toString());
      }
      var before = seen.putIfAbsent(hex(Fields.join(fields.toArray())), fields);
      assertThat(before == null || before.equals(fields))
          .as("seed %d: %s and %s", SEED, before, fields)
          .isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(10_000);
  }

  @Test
  void tellsNeighboursApart() {
    assertThat(Fields.join("ab", "c")).isNotEqualTo(Fields.join("a", "bc"));
    assertThat(Fields.join("a")).isNotEqualTo(Fields.join("a", ""));
    assertThat(Fields.join("", "a")).isNotEqualTo(Fields.join("a", ""));
    assertThat(Fields.join(1)).isNotEqualTo(Fields.join(1L)).isNotEqualTo(Fields.join("1"));
  }

  /// In UTF-8 both would be written as a question mark.
  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800"})
  void refusesHalfACharacter(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.join(text));
  }

  @Test
  void refusesWhatIsNoField() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.join(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.join(List.of("a")));
  }

  /// FIPS 180-4, the example of one block.
  @Test
  void digestsWithSha256() {
    assertThat(hex(Fields.sha256("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Fields.digest("a", 1)).isEqualTo(Fields.sha256(Fields.join("a", 1)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
