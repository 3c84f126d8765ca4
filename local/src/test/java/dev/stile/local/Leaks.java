package dev.stile.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks for secrets in what left the process, in every spelling they might have.
final class Leaks {
  private final Map<String, byte[]> secrets = new LinkedHashMap<>();

  void add(String name, String secret) {
    add(name, secret.getBytes(StandardCharsets.UTF_8));
  }

  void add(String name, byte[] secret) {
    secrets.put(name + " (" + secrets.size() + ")", secret);
  }

  int size() {
    return secrets.size();
  }

  /// The names of the secrets that are in these texts.
  Set<String> in(List<String> texts) {
    String all = String.join("\n", texts);
    Set<String> found = new LinkedHashSet<>();
    secrets.forEach((name, secret) -> {
      if (spellings(secret).anyMatch(spelling -> spelling.matcher(all).find())) {
        found.add(name);
      }
    });
    return found;
  }

  private static Stream<Pattern> spellings(byte[] secret) {
    String raw = new String(secret, StandardCharsets.UTF_8);
    String latin = new String(secret, StandardCharsets.ISO_8859_1);
    String hex = HexFormat.of().formatHex(secret);
    List<String> texts =
        new ArrayList<>(
            List.of(
                latin,
                hex,
                hex.toUpperCase(Locale.ROOT),
                URLEncoder.encode(latin, StandardCharsets.ISO_8859_1)));
    for (int shift = 0; shift < 3; shift++) {
      texts.add(base64(Base64.getEncoder(), secret, shift));
      texts.add(base64(Base64.getUrlEncoder(), secret, shift));
    }
    Stream<Pattern> exact = texts.stream().map(text -> Pattern.compile(Pattern.quote(text)));
    // A code is a number like others: it counts only where it stands alone.
    return raw.matches("\\d{6,8}")
        ? Stream.concat(
            Stream.of(Pattern.compile("(?<!\\d)" + raw + "(?!\\d)")),
            texts.stream()
                .filter(text -> !text.equals(raw))
                .map(text -> Pattern.compile(Pattern.quote(text))))
        : exact;
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
