package dev.stile.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "250.00 EUR",
        "1.234,56 €",
        "1,234.56",
        "CHF 1'250.-",
        "DE89 3704 0044 0532 0130 00",
        "Müller & Söhne GmbH",
        "Zoë O'Brien-Núñez",
        "Jose\u0301 Garci\u0301a",
        "St. Gallen",
        "Nr. 5, 2. Stock",
        "A. B. Example",
        "v2.0",
        "e.V",
        "10:30",
        "100 %",
        "50+1",
        "山田 太郎",
        "محمد",
        "😀",
        "x",
        "#42 (urgent!)",
        "${amount} {amount} %s"
      })
  void takesWhatTransactionsAreMadeOf(String value) {
    assertThat(Binding.of(Map.of("m", value)).members()).containsEntry("m", value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "www.evil.example",
        "Evil.EXAMPLE",
        "pay at evil.example now",
        "https://evil.example",
        "a/b",
        "a\\b",
        "x@y",
        "<b>",
        "a>b",
        "1.de",
        "a-.de",
        "St.Gallen",
        "bücher.de",
        "例え.テスト",
        "xn--bcher-kva.xn--p1ai",
        "cafe\u0301.de", // the letter before the dot is a mark
        "evil.d\u0308e", // and behind it
        "evil\u3002com", // dots that IDNA maps to a dot
        "evil\uff0ecom",
        "evil\uff61com"
      })
  void refusesWhatAPhoneCouldMakeALink(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Binding.of(Map.of("m", value)))
        .withMessage("member m could be shown as a link");
  }

  @ParameterizedTest
  @CsvSource({
    "control, 0000",
    "tab, 0009",
    "line feed, 000a",
    "carriage return, 000d",
    "escape, 001b",
    "delete, 007f",
    "next line, 0085",
    "soft hyphen, 00ad",
    "grapheme joiner, 034f",
    "Arabic letter mark, 061c",
    "Hangul choseong filler, 115f",
    "Hangul jungseong filler, 1160",
    "zero-width space, 200b",
    "zero-width non-joiner, 200c",
    "zero-width joiner, 200d",
    "left-to-right mark, 200e",
    "right-to-left mark, 200f",
    "line separator, 2028",
    "paragraph separator, 2029",
    "right-to-left embedding, 202b",
    "right-to-left override, 202e",
    "word joiner, 2060",
    "invisible times, 2062",
    "right-to-left isolate, 2067",
    "pop directional isolate, 2069",
    "Braille blank, 2800",
    "Hangul filler, 3164",
    "private use, e000",
    "byte order mark, feff",
    "half-width Hangul filler, ffa0",
    "annotation anchor, fff9",
    "unassigned, 0378",
    "tag letter, e0041",
    "high surrogate, d800",
    "low surrogate, dc00"
  })
  void refusesWhatHidesOrReordersText(String name, String hex) {
    String value = "250" + Character.toString(Integer.parseInt(hex, 16)) + "EUR";
    assertThatIllegalArgumentException()
        .as(name)
        .isThrownBy(() -> Binding.of(Map.of("m", value)))
        .withMessage("member m has control or invisible characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   ", "\u3000"})
  void refusesEmptyValues(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Binding.of(Map.of("m", value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1a",
        "_a",
        "a-b",
        "a b",
        "a.b",
        "ä",
        "a\n",
        "abcdefghijklmnopqrstuvwxyzabcdefg"
      })
  void refusesNamesThatNoTemplateCouldName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Binding.of(Map.of(name, "v")))
        .withMessageContaining("1 to 32");
  }

  @Test
  void keepsToItsLimits() {
    Map<String, String> members = new HashMap<>();
    for (int i = 0; i < 16; i++) {
      members.put("m" + i, "v".repeat(128));
    }
    assertThat(Binding.of(members).members()).hasSize(16);
    members.put("m16", "v");
    assertThatIllegalArgumentException().isThrownBy(() -> Binding.of(members));
    assertThat(Binding.of(Map.of("a".repeat(32), "v")).isEmpty()).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Binding.of(Map.of("m", "v".repeat(129))));
  }

  /// printf '%s' '{…}' | openssl dgst -sha256 -binary | basenc --base64url
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o|||",
        "h8SRwpZOgW6ypD8OwqEMDgEFAeI1rK5RckHNVrh-t4Q|amount|250.00 EUR|",
        "4fy08vQ1xgu5wTjn47QbVPS7mSpH4CA_X5go7dTp8oE|amount|1.234,56 €|payee=Müller & Söhne"
      })
  void isDigestedAsCanonicalJson(String digest, String name, String value, String other) {
    Map<String, String> members = new LinkedHashMap<>();
    if (other != null) {
      members.put(other.substring(0, 5), other.substring(6));
    }
    if (name != null) {
      members.put(name, value);
    }
    assertThat(Binding.of(members).digest()).isEqualTo(digest);
  }

  @Test
  void isTheSameInWhateverOrderItWasGiven() {
    Map<String, String> there = new LinkedHashMap<>();
    there.put("a", "1");
    there.put("b", "2");
    Map<String, String> back = new LinkedHashMap<>();
    back.put("b", "2");
    back.put("a", "1");
    assertThat(Binding.of(there)).isEqualTo(Binding.of(back));
    assertThat(Binding.of(there).digest())
        .isEqualTo(Binding.of(back).digest())
        .isNotEqualTo(Binding.of(Map.of("a", "2", "b", "1")).digest())
        .isNotEqualTo(Binding.EMPTY.digest());
  }

  @Test
  void isNotChangedFromOutside() {
    var given = new TreeMap<>(Map.of("a", "1"));
    var binding = new Binding(given);
    given.put("b", "2");
    assertThat(binding.members()).hasSize(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> binding.members().put("c", "3"));
  }
}
