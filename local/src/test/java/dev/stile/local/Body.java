package dev.stile.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/// JSON to send, from names and values in turn, and JSON that came.
final class Body {
  private static final JsonMapper JSON = new JsonMapper();

  private Body() {}

  static String of(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return text(members);
  }

  static JsonNode read(String text) {
    try {
      return ApiDescription.json(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text + " is not JSON", e);
    }
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
