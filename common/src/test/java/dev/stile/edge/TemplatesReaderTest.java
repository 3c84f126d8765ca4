package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.notice.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesReaderTest {
  private static final Path BUILT_IN =
      Path.of("../local/src/main/resources/dev/stile/local/policy.json");

  private static final String MAIL =
      "{\"subject\": \"Griaß di, {name}\", \"text\": \"{code}: {display}\"}";

  @Test
  void readsTheWordsOfEachLanguageAndChannel() throws IOException {
    Policy policy =
        withMessages(
            """
            {"de-AT": {"sms": "{code} von {name}: {display}", "email": %s},
             "pt": {"sms": "{code}: {display}"}}
            """
                .formatted(MAIL));
    var austrian = new LanguageTag("de-at");
    assertThat(policy.templates().sms(austrian))
        .contains(new Template("{code} von {name}: {display}"));
    assertThat(policy.templates().mail(austrian))
        .contains(
            new Templates.Mail(
                new Template("Griaß di, {name}"), new Template("{code}: {display}")));
    assertThat(policy.templates().sms(new LanguageTag("pt"))).isPresent();
    assertThat(policy.templates().mail(new LanguageTag("pt"))).isEmpty();
    assertThat(policy.templates().sms(new LanguageTag("de"))).isEmpty();
  }

  @Test
  void readsTheWordsOfNotices() throws IOException {
    Policy policy =
        withMessages(
            """
            {"de": {"notices": {
              "factor_added": {"sms": "{factor} {time}",
                               "email": {"subject": "Neu", "text": "{time}"}},
              "recovery_used": {"sms": "{time}"}}}}
            """);
    var german = new LanguageTag("de");
    Templates own = policy.templates();
    assertThat(own.sms(german, Notice.Kind.FACTOR_ADDED)).contains(new Template("{factor} {time}"));
    assertThat(own.mail(german, Notice.Kind.FACTOR_ADDED))
        .contains(new Templates.Mail(new Template("Neu"), new Template("{time}")));
    assertThat(own.mail(german, Notice.Kind.RECOVERY_USED)).isEmpty();
    assertThat(own.sms(german, Notice.Kind.FACTOR_REMOVED)).isEmpty();
    assertThat(own.sms(german)).isEmpty();
  }

  @Test
  void leavesTheWordsToStileWhereThereAreNone() throws IOException {
    assertThat(read(builtIn()).templates()).isEqualTo(Templates.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "[] § /messages",
        "{\"de\": []} § /messages/de",
        "{\"de\": null} § /messages/de",
        "{\"german\": {}} § /messages/german",
        "{\"de/AT\": {}} § /messages/de~1AT",
        "{\"de\": {}, \"DE\": {}} § /messages/DE",
        "{\"de\": {\"fax\": \"{code} {display}\"}} § /messages/de/fax",
        "{\"de\": {\"sms\": 7}} § /messages/de/sms",
        "{\"de\": {\"sms\": \"\"}} § /messages/de/sms",
        "{\"de\": {\"sms\": \"{display}\"}} § /messages/de/sms",
        "{\"de\": {\"sms\": \"{code}\"}} § /messages/de/sms",
        "{\"de\": {\"sms\": \"{display} {code}\"}} § /messages/de/sms",
        "{\"de\": {\"sms\": \"{code} {display} {phone}\"}} § /messages/de/sms",
        "{\"de\": {\"email\": \"{code} {display}\"}} § /messages/de/email",
        "{\"de\": {\"email\": {\"text\": \"{code} {display}\"}}} § /messages/de/email/subject",
        "{\"de\": {\"email\": {\"subject\": \"a\"}}} § /messages/de/email/text",
        "{\"de\": {\"email\": {\"subject\": \"{code}\", \"text\": \"{code} {display}\"}}} §"
            + " /messages/de/email/subject",
        "{\"de\": {\"email\": {\"subject\": \"a\", \"text\": \"{name} {code} {display}\"}}} §"
            + " /messages/de/email/text",
        "{\"de\": {\"email\": {\"subject\": \"a\", \"text\": \"{code} {display}\","
            + " \"html\": \"<p>\"}}} § /messages/de/email/html",
        "{\"de\": {\"notices\": {\"moved\": {}}}} § /messages/de/notices/moved",
        "{\"de\": {\"notices\": {\"factor_added\": {\"sms\": \"{code} {time}\"}}}} §"
            + " /messages/de/notices/factor_added/sms",
        "{\"de\": {\"notices\": {\"factor_added\": {\"fax\": \"{time}\"}}}} §"
            + " /messages/de/notices/factor_added/fax"
      })
  void refusesTheWholePolicyWithThePlaceThatIsWrong(String messages, String pointer) {
    assertThatExceptionOfType(PolicyRefused.class)
        .isThrownBy(() -> withMessages(messages))
        .withMessageMatching("\\Q" + pointer + "\\E: [A-Z{].*\\.");
  }

  private static Policy withMessages(String messages) throws IOException {
    return read(
        builtIn()
            .replaceFirst(
                "\\{", Matcher.quoteReplacement("{\"messages\": " + messages.strip() + ",")));
  }

  private static String builtIn() throws IOException {
    return Files.readString(BUILT_IN).replace("{base}", "http://localhost:8080");
  }

  private static Policy read(String document) {
    return PolicyReader.read(document.getBytes(StandardCharsets.UTF_8));
  }
}
