package dev.stile.lambda.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.factor.Code;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.message.Courier.Mail;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextsTest {
  private static final Pattern CODE = Pattern.compile("\\d{6,8}");
  private static final Code SMS_CODE = Code.of("048213");
  private static final Code MAIL_CODE = Code.of("00482139");
  private static final Window WINDOW = new Window(10, Duration.ofHours(1));

  /// What the messages of each purpose ask the user to approve.
  private static final Map<Purpose, String> DISPLAYS =
      Map.of(
          Purpose.STEP_UP, "Transfer 250,00 EUR to Ada Lovelace",
          Purpose.ACTIVATION, "add this phone");

  /// A transaction of nothing but numbers as long as codes.
  private static final String DIGITS = "123456 1234567 12345678 9876543210 (to: 111111, 222222)";

  private final MessageTexts texts = new MessageTexts();

  static Stream<Arguments> languagesAndPurposes() {
    return BuiltInTexts.LANGUAGES.stream()
        .flatMap(language ->
            Stream.of(Purpose.values()).map(purpose -> Arguments.of(language, purpose)));
  }

  @Nested
  class InEveryLanguage {
    @ParameterizedTest
    @MethodSource("dev.stile.lambda.challenge.MessageTextsTest#languagesAndPurposes")
    void anSmsBringsCodeTransactionAndOrigin(String language, Purpose purpose) {
      String body = sms(Templates.NONE, language, purpose, display(purpose));
      assertThat(body)
          .startsWith("048213 ")
          .contains("Stile")
          .contains(display(purpose))
          .endsWith("\n\n@stile.example.com #048213");
      assertThat(firstCode(body)).isEqualTo("048213");
    }

    @ParameterizedTest
    @MethodSource("dev.stile.lambda.challenge.MessageTextsTest#languagesAndPurposes")
    void aMailBringsCodeAndTransactionTwice(String language, Purpose purpose) {
      Mail mail = mail(Templates.NONE, language, purpose, display(purpose));
      assertThat(mail.subject()).contains("Stile").doesNotContainPattern("[0-9{}\\v]");
      assertThat(mail.text())
          .startsWith("00482139 ")
          .contains(display(purpose) + "\n\n")
          .endsWith(".\n")
          .doesNotContain("{", "}");
      assertThat(words(mail)).isEqualTo(spaced(mail.text()));
      assertThat(mail.html()).contains("<html lang=\"" + language + "\">");
    }

    @ParameterizedTest
    @MethodSource("dev.stile.lambda.challenge.MessageTextsTest#languagesAndPurposes")
    void noNumberComesBeforeTheCode(String language, Purpose purpose) {
      Mail mail = mail(Templates.NONE, language, purpose, DIGITS);
      assertThat(firstCode(sms(Templates.NONE, language, purpose, DIGITS))).isEqualTo("048213");
      assertThat(firstCode(mail.text())).isEqualTo("00482139");
      assertThat(firstCode(words(mail))).isEqualTo("00482139");
      assertThat(firstCode(html(mail))).isEqualTo("00482139");
    }

    @ParameterizedTest
    @MethodSource("dev.stile.lambda.challenge.MessageTextsTest#languagesAndPurposes")
    void anSmsFitsIntoOnePart(String language, Purpose purpose) {
      Sms sms = Sms.of(sms(Templates.NONE, language, purpose, display(purpose)));
      assertThat(sms.gsm()).isTrue();
      assertThat(sms.segments()).isEqualTo(1);
    }
  }

  @Test
  void isWrittenInFiveDifferentWays() {
    assertThat(BuiltInTexts.LANGUAGES.stream().map(l -> sms(Templates.NONE, l)).distinct())
        .hasSize(5);
    assertThat(sms(Templates.NONE, "de"))
        .isEqualTo(
            "048213 ist Ihr Stile-Code für: Transfer 250,00 EUR to Ada Lovelace. Niemals"
                + " weitergeben.\n\n@stile.example.com #048213");
  }

  /// What a transaction costs that GSM 03.38 cannot write.
  @Test
  void travelsInMorePartsForTheSakeOfTheTransaction() {
    Sms sms = Sms.of(sms(Templates.NONE, "en", Purpose.STEP_UP, "Pay 5 zł to Łukasz"));
    assertThat(sms.gsm()).isFalse();
    assertThat(sms.segments()).isEqualTo(2);
  }

  @Nested
  class ChoosesTheLanguage {
    @ParameterizedTest
    @CsvSource({
      "de, ist Ihr",
      "DE-at, ist Ihr",
      "es-419, es su clave",
      "it-CH, è il suo",
      "pt-BR, est votre",
      "tlh, est votre",
      "no tag at all, est votre",
    })
    void ofTheChallengeThenOfTheClient(String locale, String words) {
      assertThat(sms(Templates.NONE, locale)).contains(words);
      assertThat(mail(Templates.NONE, locale).text()).isNotEmpty();
    }

    @Test
    void thenEnglish() {
      Policy policy = policy(Templates.NONE, "tlh");
      Challenge challenge = challenge(FactorKind.SMS, "sjn", Purpose.STEP_UP, "pay");
      assertThat(texts.sms(policy, challenge, SMS_CODE)).contains("is your Stile code");
    }
  }

  @Nested
  class TakesTheTenantsWords {
    private final Templates own =
        new Templates(
            Map.of(
                new LanguageTag("de"),
                new Templates.Texts(Template.ofCode("{code} für {host}: {display}"), null),
                new LanguageTag("pt"),
                new Templates.Texts(
                    null,
                    new Templates.Mail(
                        Template.ofSubject("Código <{name}>"),
                        Template.ofCode("{code}\nde {name} & {host}\n\n{display} <b>")))));

    @Test
    void inTheirLanguageAndChannelAlone() {
      assertThat(sms(own, "de"))
          .isEqualTo(
              "048213 für stile.example.com: Transfer 250,00 EUR to Ada Lovelace\n\n"
                  + "@stile.example.com #048213");
      assertThat(mail(own, "de").text()).contains("ist Ihr Stile-Code");
      assertThat(sms(own, "en")).contains("is your Stile code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-AT", "de-CH-1996"})
    void forTheTagsThatFallBackToIt(String locale) {
      assertThat(sms(own, locale)).startsWith("048213 für stile");
    }

    @Test
    void asTextAndNotAsHtml() {
      Mail mail = mail(own, "pt-BR");
      assertThat(mail.subject()).isEqualTo("Código <Stile>");
      assertThat(mail.text())
          .isEqualTo(
              "00482139\nde Stile & stile.example.com\n\nTransfer 250,00 EUR to Ada Lovelace"
                  + " <b>\n");
      assertThat(html(mail))
          .contains("<html lang=\"pt\">")
          .contains("<br>de Stile &amp; stile.example.com</p>")
          .contains(" &lt;b&gt;</p>");
    }
  }

  @Nested
  class AsHtml {
    @Test
    void showsTheTransactionCharacterByCharacter() {
      String display = "<img src=x onerror=alert(1)> \"a\" 'b' &amp; </strong> {code}";
      Mail mail = mail(Templates.NONE, "en", Purpose.STEP_UP, display);
      assertThat(html(mail))
          .contains(
              "&lt;img src=x onerror=alert(1)&gt; &quot;a&quot; &#39;b&#39; &amp;amp;"
                  + " &lt;/strong&gt; {code}")
          .doesNotContain("<img");
      assertThat(mail.text()).contains(display);
    }

    @Test
    void loadsNothingAndLinksNowhere() {
      Mail mail = mail(Templates.NONE, "en");
      assertThat(html(mail))
          .doesNotContainPattern("(?i)<(a|img|link|script|style|iframe|form|object)\\b")
          .doesNotContainPattern("(?i)https?:|url\\(|@import|\\son\\w+=");
    }
  }

  private static String display(Purpose purpose) {
    return DISPLAYS.getOrDefault(purpose, "");
  }

  private String sms(Templates own, String locale) {
    return sms(own, locale, Purpose.STEP_UP, display(Purpose.STEP_UP));
  }

  private String sms(Templates own, String locale, Purpose purpose, String display) {
    return texts.sms(
        policy(own, "fr-CA"), challenge(FactorKind.SMS, locale, purpose, display), SMS_CODE);
  }

  private Mail mail(Templates own, String locale) {
    return mail(own, locale, Purpose.STEP_UP, display(Purpose.STEP_UP));
  }

  private Mail mail(Templates own, String locale, Purpose purpose, String display) {
    return texts.email(
        policy(own, "fr-CA"), challenge(FactorKind.EMAIL, locale, purpose, display), MAIL_CODE);
  }

  private static Challenge challenge(
      FactorKind kind, String locale, Purpose purpose, String display) {
    Subject subject = Samples.subject();
    var approval =
        new Approval(
            "web",
            "pay",
            purpose == Purpose.ACTIVATION ? Action.MANAGE_FACTORS : "transfer",
            Binding.EMPTY,
            display,
            new Approval.Decision("aal1", List.of()),
            0);
    return new Challenge(
        ChallengeId.random(Samples.IDS, kind, FactorId.random(Samples.IDS), 1),
        purpose.owner(Samples.principal(subject)),
        approval,
        new Challenge.Lifetime(Samples.NOW, Samples.NOW.plus(Samples.LIFE)),
        Challenge.Progress.of(Status.PENDING),
        Dispatch.first(Samples.NOW, locale));
  }

  private static Policy policy(Templates own, String clientLocale) {
    var client =
        new Client("web", List.of("web"), List.of("pay"), "stile.example.com", clientLocale);
    return new Policy(
        Samples.subject().tenant(),
        new Policy.Parties("Stile", List.of(), List.of(client)),
        List.of(new Level("aal1", EnumSet.allOf(FactorKind.class))),
        Map.of(),
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), WINDOW, WINDOW, WINDOW), WINDOW, WINDOW),
        own);
  }

  private static String firstCode(String text) {
    Matcher matcher = CODE.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static String html(Mail mail) {
    return String.valueOf(mail.html());
  }

  /// What a reader of the HTML part reads.
  private static String words(Mail mail) {
    return spaced(
        html(mail)
            .replaceAll("<[^>]*>", " ")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&"));
  }

  private static String spaced(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
