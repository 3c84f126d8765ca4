package dev.stile.engines;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// An object of a request. A member that is missing reads as empty, since the SDK leaves out what
/// was not set; binary members are base64.
record Json(Map<String, Object> members) {
  private static final JsonFactory FACTORY = new JsonFactory();

  static Json read(String body) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      return object(parser);
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  /// The text of an object whose members the given lines write.
  static String write(Consumer<JsonGenerator> members) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      members.accept(generator);
      generator.writeEndObject();
    }
    return text.toString();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) {
    return optional(name).orElse("");
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(members.get(name))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  byte[] binary(String name) {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  Json object(String name) {
    return members.get(name) instanceof Json object ? object : new Json(Map.of());
  }

  List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// All members that are text, in the order of their names.
  TreeMap<String, String> texts() {
    var texts = new TreeMap<String, String>();
    members.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static Json object(JsonParser parser) {
    var members = new HashMap<String, Object>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        members.put(name, value(parser));
      }
    }
    return new Json(members);
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      default -> parser.getString();
    };
  }

  private static List<Object> list(JsonParser parser) {
    var list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Refusal malformed() {
    return Refusal.of("SerializationException", "not the JSON of this protocol");
  }
}
