package dev.stile.assurance;

import dev.stile.notice.Notice;
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

  public Optional<Template> sms(LanguageTag language, Notice.Kind notice) {
    return notice(language, notice).map(Words::sms);
  }

  public Optional<Mail> mail(LanguageTag language, Notice.Kind notice) {
    return notice(language, notice).map(Words::mail);
  }

  private Optional<Words> notice(LanguageTag language, Notice.Kind notice) {
    return Optional.ofNullable(texts.get(language)).map(Texts::notices).map(n -> n.get(notice));
  }

  /// The messages of one language: those that bring a code, and the notices; null where this
  /// language has none.
  public record Texts(
      @Nullable Template sms, @Nullable Mail mail, Map<Notice.Kind, Words> notices) {
    public Texts {
      notices = Map.copyOf(notices);
    }

    public Texts(@Nullable Template sms, @Nullable Mail mail) {
      this(sms, mail, Map.of());
    }
  }

  /// One message for each channel; null where there is none.
  public record Words(@Nullable Template sms, @Nullable Mail mail) {}

  /// A message for a mailbox. Paragraphs of the text are separated by an empty line.
  public record Mail(Template subject, Template text) {}
}
