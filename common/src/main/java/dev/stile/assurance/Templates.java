package dev.stile.assurance;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is written to users, by language: Stile's own words, or those that a tenant puts in their
/// place.
public record Templates(Map<LanguageTag, Texts> texts) {
  public static final Templates NONE = new Templates(Map.of());

  public Templates {
    texts = Map.copyOf(texts);
  }

  public Optional<Template> sms(LanguageTag language) {
    return Optional.ofNullable(texts.get(language)).map(Texts::sms);
  }

  public Optional<Mail> mail(LanguageTag language) {
    return Optional.ofNullable(texts.get(language)).map(Texts::mail);
  }

  /// The messages of one language that bring a code; null where this language has none.
  public record Texts(@Nullable Template sms, @Nullable Mail mail) {}

  /// A message for a mailbox. Paragraphs of the text are separated by an empty line.
  public record Mail(Template subject, Template text) {}
}
