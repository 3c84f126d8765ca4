package dev.stile.challenge;

import dev.stile.key.CanonicalJson;
import dev.stile.key.Fields;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The transaction that an approval is bound to: a flat object of texts that the user is shown
/// verbatim. Nothing that a phone would turn into a link, and nothing that hides or reorders text,
/// gets in.
public record Binding(SortedMap<String, String> members) {
  public static final Binding EMPTY = new Binding(new TreeMap<>());
  private static final int MAX_MEMBERS = 16;
  private static final int MAX_VALUE = 128;
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

  /// Control and format characters, and those that are letters or marks by class but show nothing:
  /// the grapheme joiner, the fillers of Hangul, the blank of Braille.
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u2800\\u3164\\uffa0]");

  /// Marks belong to their letters, and IDNA takes the full stops of East Asia for dots.
  private static final Pattern LINK =
      Pattern.compile(
          "[/\\\\@<>]|[\\p{L}\\p{M}\\p{N}-][.\\u3002\\uff0e\\uff61]\\p{L}\\p{M}*\\p{L}",
          Pattern.UNICODE_CHARACTER_CLASS);

  public Binding {
    if (members.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException("a binding has at most 16 members");
    }
    members.forEach(Binding::check);
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  public static Binding of(Map<String, String> members) {
    return new Binding(new TreeMap<>(members));
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a member is named by 1 to 32 letters, digits and _");
    }
    if (value.isBlank() || value.length() > MAX_VALUE) {
      throw new IllegalArgumentException("member " + name + " has 1 to 128 characters");
    }
    if (HIDDEN.matcher(value).find()) {
      throw new IllegalArgumentException("member " + name + " has control or invisible characters");
    }
    if (LINK.matcher(value).find()) {
      throw new IllegalArgumentException("member " + name + " could be shown as a link");
    }
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  /// base64url SHA-256 of the canonical JSON (RFC 8785): the claim `bnd`.
  public String digest() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Fields.sha256(CanonicalJson.of(members)));
  }
}
