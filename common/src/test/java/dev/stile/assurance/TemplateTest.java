package dev.stile.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.assurance.Template.Place;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  @Test
  void fillsEveryPlaceAsOftenAsItStands() {
    var template = new Template("{code} {name} {display} {host} {code}");
    assertThat(template.fill(TemplateTest::word)).isEqualTo("CODE NAME DISPLAY HOST CODE");
  }

  /// A transaction that names a place says no more than its own characters.
  @Test
  void neverLooksAgainAtWhatItPutIn() {
    var template = new Template("{code} {display}");
    assertThat(template.fill(place -> place == Place.CODE ? "123456" : "{code} \\1 $1 {name}"))
        .isEqualTo("123456 {code} \\1 $1 {name}");
  }

  @Test
  void turnsOnlyItsOwnWordsIntoAnotherNotation() {
    var template = new Template("a {name} b");
    assertThat(template.fill(words -> words.toUpperCase(Locale.ROOT), place -> "ann"))
        .isEqualTo("A ann B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "a } b", "{nme}", "{CODE}", "{ code }", "{{code}}", "${}"})
  void refusesBracesThatAreNoPlace(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Template(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{code} {display}",
        "{code}: {display}",
        "{code}, {name}: {display}. {host}",
        "Your code is {code}. {display}",
        "[Acme] {code}\n\n{display}",
        "{code} approves {display}; {code} expires in 5 minutes"
      })
  void takesATextThatBringsItsCodeFirst(String text) {
    assertThatCode(() -> Template.ofCode(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no place",
        "{code} alone",
        "{display} alone",
        "{display} {code}",
        "{name}: {code} for {display}",
        "{host} {code} {display}",
        "24/7: {code} {display}",
        "٣ {code} {display}",
        "{code}{display}",
        "{code}0 {display}",
        "{code}{code} {display}"
      })
  void refusesATextInWhichTheCodeIsHidden(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofCode(text));
  }

  @Test
  void keepsTheCodeAndTheTransactionOutOfSubjects() {
    assertThatCode(() -> Template.ofSubject("{name} at {host}")).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofSubject("{code}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofSubject("{display}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofSubject("a\r\nBcc: b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{time}", "{name}: {factor} ({time})", "12345 {time}"})
  void takesANoticeThatSaysWhen(String text) {
    assertThatCode(() -> Template.ofNotice(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{factor}", "{code} {time}", "{display} {time}", "{host} {time}", "123456 {time}"})
  void refusesANoticeThatSaysNotWhenOrLooksLikeACode(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofNotice(text));
  }

  @Test
  void keepsThePlacesOfNoticesOutOfCodesAndSubjects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.ofCode("{code} {display} {time}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Template.ofSubject("{factor}"));
  }

  private static String word(Place place) {
    return place.name();
  }
}
