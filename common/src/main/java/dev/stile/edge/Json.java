package dev.stile.edge;

import dev.stile.problem.Problem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Strict JSON (RFC 8259): UTF-8 only, no duplicate members, at most 32 levels, nothing behind the
/// value.
public final class Json {
  public static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_DEPTH = 32;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(32)
                  .build())
          .build();

  private Json() {}

  /// The one object that a body holds.
  public static JsonObject object(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw Problem.invalid("", "The body is over 16 KiB.").asException();
    }
    return unbounded(bytes);
  }

  /// The same without the bound on a body's size, for documents of our own.
  static JsonObject unbounded(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8(bytes))) {
      parser.nextToken();
      Object value = value(parser, "");
      if (!(value instanceof JsonObject object) || parser.nextToken() != null) {
        throw Problem.invalid("", "The body is not one JSON object.").asException();
      }
      return object;
    } catch (JacksonException e) {
      // Its message quotes the input.
      var at = e.getLocation();
      String where = at == null ? "" : " (line " + at.getLineNr() + ")";
      throw Problem.invalid("", "The body is not valid JSON" + where + ".").asException();
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid("", "The body is not valid UTF-8.").asException();
    }
  }

  private static @Nullable Object value(JsonParser parser, String pointer) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser, pointer);
      case START_ARRAY -> elements(parser, pointer);
      case VALUE_STRING -> whole(parser.getString(), pointer);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, pointer);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  /// Half a surrogate pair can be escaped but not written as UTF-8 again (RFC 8259 §8.2).
  private static String whole(String text, String pointer) {
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw Problem.invalid(pointer, "A text is not well-formed Unicode.").asException();
    }
    return text;
  }

  private static BigDecimal number(JsonParser parser, String pointer) {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      throw Problem.invalid(pointer, "A number is out of range.").asException();
    }
  }

  private static JsonObject members(JsonParser parser, String pointer) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(parser.currentName(), pointer);
      parser.nextToken();
      members.put(name, value(parser, pointer + "/" + escape(name)));
    }
    return new JsonObject(pointer, members);
  }

  private static List<@Nullable Object> elements(JsonParser parser, String pointer) {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser, pointer + "/" + elements.size()));
    }
    return elements;
  }

  /// A member's name within a JSON pointer (RFC 6901 §3).
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
