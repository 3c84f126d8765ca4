package dev.stile.assurance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A language as callers name it (RFC 5646), in lower case: tags differ in spelling only.
public record LanguageTag(String text) {
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  public static final LanguageTag ENGLISH = new LanguageTag("en");

  public LanguageTag {
    if (!isOne(text)) {
      throw new IllegalArgumentException("not a language tag such as en or de-AT");
    }
    text = text.toLowerCase(Locale.ROOT);
  }

  public static boolean isOne(String text) {
    return TAG.matcher(text).matches();
  }

  /// The tag and what it falls back to, the nearest first (RFC 4647 §3.4): `zh-hant-tw`, `zh-hant`,
  /// `zh`.
  public List<LanguageTag> withFallbacks() {
    List<LanguageTag> tags = new ArrayList<>();
    for (int end = text.length(); end > 0; end = text.lastIndexOf('-', end - 1)) {
      tags.add(new LanguageTag(text.substring(0, end)));
    }
    return tags;
  }

  @Override
  public String toString() {
    return text;
  }
}
