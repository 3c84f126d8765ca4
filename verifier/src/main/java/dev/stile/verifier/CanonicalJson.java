package dev.stile.verifier;

import java.util.Map;
import java.util.TreeMap;

/// RFC 8785 for a flat object of strings, which is all that a binding may be.
final class CanonicalJson {
  private CanonicalJson() {}

  static String of(Map<String, String> members) {
    StringBuilder json = new StringBuilder("{");
    // §3.2.3: by UTF-16 code units, which is the natural order of Java's strings.
    new TreeMap<>(members)
        .forEach((name, value) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          quote(json, name);
          json.append(':');
          quote(json, value);
        });
    return json.append('}').toString();
  }

  /// §3.2.2.2: the short escapes where there is one, lower-case hex for the other control
  /// characters, everything else as it is; a lone surrogate is an error.
  private static void quote(StringBuilder json, String text) {
    json.append('"');
    text.codePoints().forEach(c -> append(json, c));
    json.append('"');
  }

  private static void append(StringBuilder json, int c) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\b' -> json.append("\\b");
      case '\t' -> json.append("\\t");
      case '\n' -> json.append("\\n");
      case '\f' -> json.append("\\f");
      case '\r' -> json.append("\\r");
      default -> {
        if (c < 0x20) {
          json.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
        } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          throw new IllegalArgumentException("A lone surrogate has no canonical form");
        } else {
          json.appendCodePoint(c);
        }
      }
    }
  }
}
