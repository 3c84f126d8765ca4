package dev.stile.key;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The canonical form of a flat object of strings (RFC 8785): members by UTF-16 code units, the
/// shortest escapes, no white space.
public final class CanonicalJson {
  private CanonicalJson() {}

  public static byte[] of(Map<String, String> members) {
    var json = new StringBuilder("{");
    new TreeMap<>(members)
        .forEach((name, value) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          quote(json, name);
          quote(json.append(':'), value);
        });
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
