package dev.stile.lambda.challenge;

import dev.stile.assurance.LanguageTag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In which languages to look for words.
final class Languages {
  private Languages() {}

  /// The first locale and what it falls back to, the next one likewise, English. What a challenge
  /// or a policy holds may be no tag.
  static List<LanguageTag> of(@Nullable String... locales) {
    List<LanguageTag> languages = new ArrayList<>();
    for (String locale : locales) {
      if (locale != null && LanguageTag.isOne(locale)) {
        languages.addAll(new LanguageTag(locale).withFallbacks());
      }
    }
    languages.add(LanguageTag.ENGLISH);
    return languages;
  }
}
