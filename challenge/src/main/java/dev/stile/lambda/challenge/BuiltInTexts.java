package dev.stile.lambda.challenge;

import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Template;
import dev.stile.assurance.Templates;
import dev.stile.factor.FactorKind;
import dev.stile.notice.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// Stile's own words, one file for each language, under the same rules as a tenant's.
final class BuiltInTexts {
  static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it");

  private BuiltInTexts() {}

  static Templates read() {
    Map<LanguageTag, Templates.Texts> texts = new HashMap<>();
    for (String language : LANGUAGES) {
      Properties file = file(language);
      texts.put(
          new LanguageTag(language),
          new Templates.Texts(
              Template.ofCode(text(file, "sms")),
              new Templates.Mail(
                  Template.ofSubject(text(file, "email.subject")),
                  Template.ofCode(text(file, "email.text"))),
              notices(file)));
    }
    return new Templates(texts);
  }

  private static Map<Notice.Kind, Templates.Words> notices(Properties file) {
    Map<Notice.Kind, Templates.Words> notices = new EnumMap<>(Notice.Kind.class);
    for (Notice.Kind kind : Notice.Kind.values()) {
      notices.put(
          kind,
          new Templates.Words(
              Template.ofNotice(text(file, kind.wire() + ".sms")),
              new Templates.Mail(
                  Template.ofSubject(text(file, kind.wire() + ".subject")),
                  Template.ofNotice(text(file, kind.wire() + ".text")))));
    }
    return notices;
  }

  /// What each kind of factor is called in a language.
  static Map<FactorKind, String> factors(String language) {
    Properties file = file(language);
    Map<FactorKind, String> names = new EnumMap<>(FactorKind.class);
    for (FactorKind kind : FactorKind.values()) {
      names.put(kind, text(file, "factor." + kind.wire()));
    }
    return names;
  }

  private static String text(Properties file, String name) {
    return Objects.requireNonNull(file.getProperty(name), name);
  }

  private static Properties file(String language) {
    String name = "messages/" + language + ".properties";
    try (InputStream in = BuiltInTexts.class.getResourceAsStream(name)) {
      var file = new Properties();
      file.load(new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
