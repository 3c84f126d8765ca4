package dev.stile.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
  @ParameterizedTest
  @CsvSource({
    "de, de",
    "de-AT, de-at de",
    "zh-Hant-TW, zh-hant-tw zh-hant zh",
    "gsw-CH, gsw-ch gsw",
  })
  void fallsBackStepByStep(String tag, String expected) {
    List<String> tags =
        new LanguageTag(tag).withFallbacks().stream().map(LanguageTag::text).toList();
    assertThat(tags).containsExactly(expected.split(" "));
  }

  @Test
  void isTheSameInAnySpelling() {
    assertThat(new LanguageTag("DE-at")).isEqualTo(new LanguageTag("de-AT")).hasToString("de-at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d", "german", "de_AT", "de-", "-de", "de-A", "de\n", "*", "de-AT-a-b-c-d"})
  void refusesWhatIsNoTag(String text) {
    assertThat(LanguageTag.isOne(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new LanguageTag(text));
  }
}
