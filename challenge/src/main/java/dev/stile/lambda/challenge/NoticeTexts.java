package dev.stile.lambda.challenge;

import dev.stile.assurance.Client;
import dev.stile.assurance.LanguageTag;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Template;
import dev.stile.assurance.Template.Place;
import dev.stile.assurance.Templates;
import dev.stile.factor.FactorKind;
import dev.stile.message.Courier.Mail;
import dev.stile.notice.Notice;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a notice says, in the language of its addressee: what happened, when, and what to do about
/// it. Nothing in it reads like a code, whatever names and hints hold, and nothing is in it that a
/// user could have written.
final class NoticeTexts {
  private static final Pattern CODE_LIKE = Pattern.compile("\\p{Nd}{6,}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Templates builtIn = BuiltInTexts.read();
  private final Map<LanguageTag, Map<FactorKind, String>> factors = new HashMap<>();

  @Inject
  NoticeTexts() {
    for (String language : BuiltInTexts.LANGUAGES) {
      factors.put(new LanguageTag(language), BuiltInTexts.factors(language));
    }
  }

  /// The mask of a hint is no character of GSM 03.38 and would cost half of the room.
  String sms(Policy policy, Notice notice, @Nullable String locale) {
    List<LanguageTag> languages = Languages.of(locale);
    Chosen<Template> chosen =
        choose(languages, (words, tag) -> words.sms(tag, notice.kind()), policy);
    return tame(chosen.words().fill(values(policy, notice, languages))).replace('•', '*');
  }

  Mail email(Policy policy, Notice notice, @Nullable String locale) {
    List<LanguageTag> languages = Languages.of(locale);
    Chosen<Templates.Mail> chosen =
        choose(languages, (words, tag) -> words.mail(tag, notice.kind()), policy);
    Function<Place, String> values = values(policy, notice, languages);
    Template text = chosen.words().text();
    return new Mail(
        tame(chosen.words().subject().fill(values)),
        tame(text.fill(values)) + "\n",
        tame(HtmlMail.of(chosen.language(), text, values)));
  }

  private Function<Place, String> values(
      Policy policy, Notice notice, List<LanguageTag> languages) {
    return place ->
        switch (place) {
          case NAME -> policy.parties().name();
          case HOST -> host(policy);
          case FACTOR -> factor(notice.about(), languages);
          case TIME -> TIME.format(notice.at());
          case CODE, DISPLAY -> throw new IllegalStateException("no place of notices");
        };
  }

  /// Only a subject line of the tenant's own may ask for it.
  private static String host(Policy policy) {
    return policy.parties().clients().stream()
        .map(Client::host)
        .findFirst()
        .orElse(policy.parties().name());
  }

  private String factor(Notice.@Nullable About about, List<LanguageTag> languages) {
    if (about == null) {
      return "";
    }
    String name =
        languages.stream()
            .map(factors::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow()
            .getOrDefault(about.factor(), about.factor().wire());
    return about.hint() == null ? name : name + " " + about.hint();
  }

  /// The tenant's own words before Stile's, language by language.
  private <T> Chosen<T> choose(List<LanguageTag> languages, Channel<T> channel, Policy policy) {
    for (LanguageTag language : languages) {
      Optional<T> found =
          channel.find(policy.templates(), language).or(() -> channel.find(builtIn, language));
      if (found.isPresent()) {
        return new Chosen<>(language, found.get());
      }
    }
    throw new IllegalStateException("every notice is there in English");
  }

  private static String tame(String text) {
    return CODE_LIKE.matcher(text).replaceAll("…");
  }

  private interface Channel<T> {
    Optional<T> find(Templates words, LanguageTag language);
  }

  private record Chosen<T>(LanguageTag language, T words) {}
}
