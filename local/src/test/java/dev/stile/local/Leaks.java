package dev.stile.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Looks for secrets in what left the process, in every spelling they might have: as they are, in
/// hexadecimal digits, in base 64 of either alphabet and at any offset, and as URLs and JSON write
/// them. Every place of a text is looked at once, however many secrets there are.
final class Leaks {
  /// Spellings are found by how they begin.
  private static final int BEGINNING = 6;

  private final Map<String, byte[]> secrets = new LinkedHashMap<>();
  private final Map<Long, List<Spelling>> spellings = new HashMap<>();

  private record Spelling(String name, String text, boolean alone) {}

  void add(String name, String secret) {
    add(name, secret.getBytes(StandardCharsets.UTF_8));
  }

  void add(String name, byte[] secret) {
    String full = name + " (" + secrets.size() + ")";
    secrets.put(full, secret);
    String raw = new String(secret, StandardCharsets.ISO_8859_1);
    // A code is a number like others: it counts only where it stands alone.
    boolean isCode = raw.matches("\\d{6,8}");
    for (String text : texts(secret, raw)) {
      if (text.length() >= BEGINNING) {
        spellings
            .computeIfAbsent(beginning(text, 0), any -> new ArrayList<>())
            .add(new Spelling(full, text, isCode && text.equals(raw)));
      }
    }
  }

  int size() {
    return secrets.size();
  }

  /// The names of the secrets that are in these texts.
  Set<String> in(List<String> texts) {
    Set<String> found = new LinkedHashSet<>();
    for (String text : texts) {
      for (int at = 0; at + BEGINNING <= text.length(); at++) {
        List<Spelling> candidates = spellings.get(beginning(text, at));
        if (candidates != null) {
          for (Spelling spelling : candidates) {
            if (isAt(spelling, text, at)) {
              found.add(spelling.name());
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean isAt(Spelling spelling, String text, int at) {
    int end = at + spelling.text().length();
    return text.startsWith(spelling.text(), at)
        && (!spelling.alone() || (!isWord(text, at - 1) && !isWord(text, end)));
  }

  private static boolean isWord(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  private static long beginning(String text, int at) {
    long beginning = 0;
    for (int i = at; i < at + BEGINNING; i++) {
      beginning = (beginning << 8) | (text.charAt(i) & 0xff);
    }
    return beginning;
  }

  private static Set<String> texts(byte[] secret, String raw) {
    String hex = HexFormat.of().formatHex(secret);
    Set<String> texts =
        new LinkedHashSet<>(
            List.of(
                raw,
                new String(secret, StandardCharsets.UTF_8),
                hex,
                hex.toUpperCase(Locale.ROOT),
                URLEncoder.encode(raw, StandardCharsets.ISO_8859_1),
                jsonEscaped(raw)));
    for (int shift = 0; shift < 3; shift++) {
      texts.add(base64(Base64.getEncoder(), secret, shift));
      texts.add(base64(Base64.getUrlEncoder(), secret, shift));
    }
    return texts;
  }

  /// As a careful writer of JSON does it, everything but letters and digits escaped.
  private static String jsonEscaped(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      escaped.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return escaped.toString();
  }

  /// The characters that depend on the secret alone, with this many bytes before it.
  private static String base64(Base64.Encoder encoder, byte[] secret, int shift) {
    byte[] shifted = new byte[secret.length + shift];
    Arrays.fill(shifted, (byte) 'x');
    System.arraycopy(secret, 0, shifted, shift, secret.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int first = (shift * 8 + 5) / 6;
    int last = shifted.length * 8 / 6;
    return text.substring(first, last);
  }
}
