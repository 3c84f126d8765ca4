package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The hashes were computed apart from this code, over bytes written by hand.
class BindingHashTest {
  /// RFC 8785 §3.2.3, the sorting example.
  private static final String[][] SORTED = {
    {"\r", "Carriage Return"},
    {"1", "One"},
    {"\u0080", "Control"},
    {"\u00f6", "Latin Small Letter O With Diaeresis"},
    {"\u20ac", "Euro Sign"},
    {"\ud83d\ude00", "Emoji: Grinning Face"},
    {"\ufb33", "Hebrew Letter Dalet With Dagesh"}
  };

  @Test
  void sortsByUtf16CodeUnits() {
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = SORTED.length - 1; i >= 0; i--) {
      backwards.put(SORTED[i][0], SORTED[i][1]);
    }
    assertThat(CanonicalJson.of(backwards))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    assertThat(BindingHash.of(backwards).value())
        .isEqualTo("XjIVVtIgGKllaZGp6U937BdfoZPlKiQp0xL4QZ7IsIw");
  }

  /// RFC 8785 §3.2.2, the string of the example.
  @Test
  void escapesAsTheExampleDoes() {
    assertThat(CanonicalJson.of(Map.of("string", "\u20ac$\u000F\nA'B\"\\\\\"/")))
        .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void escapesEveryControlCharacterAndNoOther() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x20; c++) {
      all.append(c);
    }
    assertThat(CanonicalJson.of(Map.of("", all + "\u007f\u2028<>&/")))
        .isEqualTo(
            "{\"\":\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
                + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018"
                + "\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\u007f\u2028<>&/\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\ud800b", "\udc00\ud800"})
  void hasNoFormForALoneSurrogate(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BindingHash.of(Map.of("x", text)));
    assertThatIllegalArgumentException().isThrownBy(() -> BindingHash.of(Map.of(text, "x")));
  }

  @Test
  void hashesTheCanonicalBytes() {
    assertThat(BindingHash.of(Map.of()).value())
        .isEqualTo("RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o");
    assertThat(BindingHash.of(Map.of("to", "Bob", "amount", "10.00")).value())
        .isEqualTo("Z3MlZNaGrQGaqMX90IMvLfMo0o-2WOoAfSVUZk8V6xs");
  }

  @ParameterizedTest
  @CsvSource({"a,b,a,c", "a,b,c,b", "ab,c,a,bc", "'a\",\"b',c,a,'c\",\"b'"})
  void differsWhereTheDetailsDiffer(String name, String value, String otherName, String other) {
    assertThat(BindingHash.of(Map.of(name, value)))
        .isNotEqualTo(BindingHash.of(Map.of(otherName, other)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o=",
        "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o",
        "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4p"
      })
  void takesNoOtherTextForAHash(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new BindingHash(text));
  }

  @Test
  void equalsByValue() {
    BindingHash hash = BindingHash.of(Map.of("a", "b"));
    assertThat(new BindingHash(hash.value())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(hash).isNotEqualTo(hash.value());
  }
}
