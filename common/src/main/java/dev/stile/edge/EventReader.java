package dev.stile.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Goes through the objects and arrays of an event.
final class EventReader {
  private EventReader() {}

  /// A member that is null is one that is not there.
  static void object(JsonParser parser, Consumer<String> member) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        member.accept(name);
      }
    }
  }

  static List<String> texts(JsonParser parser) {
    List<String> texts = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        texts.add(parser.getValueAsString());
      }
    }
    return texts;
  }
}
