package dev.stile.lambda.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.Client;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.audit.EventId;
import dev.stile.factor.FactorKind;
import dev.stile.message.Courier.Mail;
import dev.stile.notice.Notice;
import dev.stile.testing.Samples;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextsTest {
  private static final String DIGITS = "(?s).*\\d{6}.*";
  private static final Window WINDOW = new Window(10, Duration.ofHours(1));

  private final NoticeTexts texts = new NoticeTexts();

  static Stream<Arguments> languagesAndKinds() {
    return BuiltInTexts.LANGUAGES.stream()
        .flatMap(language -> Stream.of(Notice.Kind.values()).map(k -> Arguments.of(language, k)));
  }

  private static Notice notice(Notice.Kind kind, @Nullable String hint) {
    return new Notice(
        EventId.of("notice"),
        kind,
        Instant.parse("2026-11-22T08:00:31Z"),
        Samples.subject(),
        new Notice.About(FactorKind.SMS, hint),
        null);
  }

  private static Policy policy(String name, Templates own) {
    var client = new Client("web", List.of("web"), List.of("pay"), "stile.example.com", "fr");
    return new Policy(
        Samples.subject().tenant(),
        new Policy.Parties(name, List.of(), List.of(client)),
        List.of(new Level("aal1", EnumSet.allOf(FactorKind.class))),
        Map.of(),
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), WINDOW, WINDOW, WINDOW), WINDOW, WINDOW),
        own);
  }

  private String sms(Notice.Kind kind, @Nullable String locale) {
    return texts.sms(policy("Stile", Templates.NONE), notice(kind, "••• 09"), locale);
  }

  @ParameterizedTest
  @MethodSource("languagesAndKinds")
  void saysWhatHappenedWhenAndWhatToDo(String language, Notice.Kind kind) {
    String sms = sms(kind, language);
    Mail mail = texts.email(policy("Stile", Templates.NONE), notice(kind, "••• 09"), language);
    for (String text : List.of(sms, mail.text(), String.valueOf(mail.html()))) {
      assertThat(text).contains("Stile", "2026-11-22 08:00 UTC").doesNotMatch(DIGITS);
    }
    boolean named = kind != Notice.Kind.RECOVERY_USED;
    assertThat(sms.contains("*** 09")).isEqualTo(named);
    assertThat(mail.text().contains("••• 09")).isEqualTo(named);
    assertThat(mail.subject()).contains("Stile").doesNotMatch(DIGITS);
    assertThat(sms).contains("?");
  }

  @ParameterizedTest
  @MethodSource("languagesAndKinds")
  void fitsIntoOneSms(String language, Notice.Kind kind) {
    Sms sms = Sms.of(sms(kind, language));
    assertThat(sms.gsm()).as(sms(kind, language)).isTrue();
    assertThat(sms.segments()).as(sms(kind, language)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"de-AT, Neu in Ihrem", "fr-CA, Ajout à", "xx, Added to", "no tag at all, Added to"})
  void speaksTheLanguageOfItsAddressee(String locale, String words) {
    assertThat(sms(Notice.Kind.FACTOR_ADDED, locale)).startsWith(words);
    assertThat(sms(Notice.Kind.FACTOR_ADDED, null)).startsWith("Added to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bank 123456", "Bank 12345678", "Bank ١٢٣٤٥٦"})
  void neverLooksLikeACodeWhateverTheTenantIsCalled(String name) {
    Notice notice = notice(Notice.Kind.FACTOR_ADDED, "a•••@123456.example");
    Mail mail = texts.email(policy(name, Templates.NONE), notice, "en");
    assertThat(mail.subject() + mail.text() + mail.html()).doesNotContainPattern("\\p{Nd}{6}");
    assertThat(mail.text()).contains("Bank …", "a•••@….example");
  }

  @Test
  void takesTheTenantsWordsChannelByChannel() {
    var words = new Templates.Words(Template.ofNotice("{name}: {factor} neu, {time}"), null);
    var own =
        new Templates(
            Map.of(
                new LanguageTag("de"),
                new Templates.Texts(null, null, Map.of(Notice.Kind.FACTOR_ADDED, words))));
    Notice notice = notice(Notice.Kind.FACTOR_ADDED, "••• 09");
    assertThat(texts.sms(policy("Acme", own), notice, "de-AT"))
        .isEqualTo("Acme: Telefon *** 09 neu, 2026-11-22 08:00 UTC");
    assertThat(texts.email(policy("Acme", own), notice, "de-AT").text()).startsWith("Neu in Ihrem");
    assertThat(texts.sms(policy("Acme", own), notice, "en")).startsWith("Added to your Acme");
  }

  @Test
  void writesHtmlThatCannotBeInjected() {
    Notice notice = notice(Notice.Kind.FACTOR_ADDED, "<img src=x>");
    Mail mail = texts.email(policy("A & B", Templates.NONE), notice, "en");
    assertThat(String.valueOf(mail.html()))
        .contains("&lt;img src=x&gt;", "A &amp; B")
        .doesNotContain("<img");
  }
}
