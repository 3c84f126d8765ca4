package dev.stile.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// RFC 8259 and nothing more, as I-JSON (RFC 7493) narrows it: strict UTF-8, no byte order mark, no
/// lone surrogate, no member twice (RFC 7515 §4 leaves parsers the choice; two parsers that choose
/// differently are an attack), and a depth at which recursion is no bomb (CVE-2025-53864).
final class JsonReader {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_DIGITS = 18;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?<real>(?:\\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)");

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static Json.Members object(byte[] utf8) throws Malformed {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("Not UTF-8");
    }
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    reader.expect('{');
    Json.Members object = reader.members(1);
    reader.skipSpace();
    if (reader.at != text.length()) {
      throw new Malformed("More than one value");
    }
    return object;
  }

  private Json value(int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("Too deep");
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> {
        at++;
        yield members(depth);
      }
      case '[' -> {
        at++;
        yield items(depth);
      }
      case '"' -> {
        at++;
        yield new Json.Text(string());
      }
      case 't' -> literal("true", Json.Literal.TRUE);
      case 'f' -> literal("false", Json.Literal.FALSE);
      case 'n' -> literal("null", Json.Literal.NULL);
      default -> number();
    };
  }

  private Json.Members members(int depth) throws Malformed {
    Map<String, Json> members = new HashMap<>();
    skipSpace();
    if (skip('}')) {
      return new Json.Members(members);
    }
    do {
      skipSpace();
      expect('"');
      String name = string();
      skipSpace();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new Malformed("A member twice");
      }
      skipSpace();
    } while (skip(','));
    expect('}');
    return new Json.Members(members);
  }

  private Json.Items items(int depth) throws Malformed {
    List<Json> items = new ArrayList<>();
    skipSpace();
    if (skip(']')) {
      return new Json.Items(items);
    }
    do {
      items.add(value(depth + 1));
      skipSpace();
    } while (skip(','));
    expect(']');
    return new Json.Items(items);
  }

  private Json literal(String word, Json.Literal literal) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw new Malformed("Not a literal");
    }
    at += word.length();
    return literal;
  }

  private Json number() throws Malformed {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new Malformed("Not a value");
    }
    at = number.end();
    String spelling = number.group();
    boolean whole = number.group("real").isEmpty() && spelling.length() <= MAX_DIGITS;
    return whole && !spelling.equals("-0")
        ? new Json.Whole(Long.parseLong(spelling))
        : new Json.Real(spelling);
  }

  private String string() throws Malformed {
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw new Malformed("A bare control character");
      }
      string.append(c == '\\' ? escape() : c);
    }
    if (string.codePoints().anyMatch(JsonReader::isSurrogate)) {
      throw new Malformed("A lone surrogate");
    }
    return string.toString();
  }

  private char escape() throws Malformed {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> throw new Malformed("Not an escape");
    };
  }

  /// ASCII only: `Character.digit` alone would take the digits of every script.
  private int hex() throws Malformed {
    char c = next();
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw new Malformed("Not a hex digit");
    }
    return digit;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) throws Malformed {
    if (!skip(c)) {
      throw new Malformed("Not the expected sign");
    }
  }

  private char peek() throws Malformed {
    if (at == text.length()) {
      throw new Malformed("Ends too early");
    }
    return text.charAt(at);
  }

  private char next() throws Malformed {
    char c = peek();
    at++;
    return c;
  }
}
