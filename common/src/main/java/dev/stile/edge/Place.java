package dev.stile.edge;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// Where in a document something is, for its author.
public final class Place {
  private Place() {}

  /// The line to which a JSON pointer (RFC 6901) leads, or that of the nearest object around it;
  /// where the document ends to be JSON, if it is none.
  public static int line(byte[] document, String pointer) {
    int line = 1;
    String text = new String(document, StandardCharsets.UTF_8);
    try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), text)) {
      while (parser.nextToken() != null) {
        String at = parser.streamReadContext().pathAsPointer().toString();
        boolean begins = parser.currentToken() != JsonToken.END_OBJECT && !at.isEmpty();
        if (begins && (pointer.equals(at) || pointer.startsWith(at + "/"))) {
          line = parser.currentTokenLocation().getLineNr();
        }
        if (pointer.equals(at) && !at.isEmpty()) {
          return line;
        }
      }
    } catch (JacksonException e) {
      return e.getLocation() == null ? line : e.getLocation().getLineNr();
    }
    return line;
  }
}
