package dev.stile.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
  @Test
  void writesNothingAsAnEmptyObject() {
    assertThat(canonical(Map.of())).isEqualTo("{}");
  }

  /// RFC 8785 §3.2.2: the string of the example, `€$`, U+000F, line feed, `A'B"\\"/`.
  @Test
  void escapesLikeTheExampleOfTheRfc() {
    assertThat(canonical(Map.of("string", "€$\u000f\nA'B\"\\\\\"/")))
        .isEqualTo("{\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /// RFC 8785 §3.2.3: the members of the sorting example, which differ from the order of code
  /// points at the smiley and the Hebrew letter.
  @Test
  void ordersMembersByCodeUnits() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("\u20ac", "Euro Sign");
    members.put("\r", "Carriage Return");
    members.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    members.put("1", "One");
    members.put("\ud83d\ude00", "Emoji: Grinning Face");
    members.put("\u0080", "Control");
    members.put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(canonical(members))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void escapesEachControlCharacterInItsShortestForm() {
    Map<Integer, String> shortForms = Map.of(8, "\\b", 9, "\\t", 10, "\\n", 12, "\\f", 13, "\\r");
    for (int c = 0; c < 0x20; c++) {
      String hex = HexFormat.of().toHexDigits((byte) c);
      assertThat(canonical(Map.of("a", Character.toString(c))))
          .isEqualTo("{\"a\":\"" + shortForms.getOrDefault(c, "\\u00" + hex) + "\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, 2f",
    "\u007f, 7f",
    "\u0080, c280",
    "\u2028, e280a8",
    "é, c3a9",
    "e\u0301, 65cc81",
    "\ud83d\ude00, f09f9880"
  })
  void leavesEverythingElseAsItIs(String text, String utf8) {
    byte[] json = CanonicalJson.of(Map.of("a", text));
    assertThat(HexFormat.of().formatHex(json)).isEqualTo("7b2261223a22" + utf8 + "227d");
  }

  @Test
  void doesNotDependOnTheOrderOfInsertion() {
    Map<String, String> there = new LinkedHashMap<>();
    Map<String, String> back = new LinkedHashMap<>();
    for (int i = 0; i < 16; i++) {
      there.put("m" + i, "v" + i);
      back.put("m" + (15 - i), "v" + (15 - i));
    }
    assertThat(canonical(there))
        .isEqualTo(canonical(back))
        .isEqualTo(canonical(new HashMap<>(there)))
        .startsWith("{\"m0\":\"v0\",\"m1\":\"v1\",\"m10\":\"v10\"");
  }

  private static String canonical(Map<String, String> members) {
    return new String(CanonicalJson.of(members), StandardCharsets.UTF_8);
  }
}
