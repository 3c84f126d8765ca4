package dev.stile.edge;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Writes maps, lists, texts, numbers and moments as JSON on one line.
public final class JsonText {
  private JsonText() {}

  public static String of(Map<String, ? extends @Nullable Object> members) {
    return text(members);
  }

  public static String of(List<? extends @Nullable Object> elements) {
    return text(elements);
  }

  private static String text(Object value) {
    var text = new StringWriter(256);
    try (JsonGenerator generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  static void write(JsonGenerator generator, @Nullable Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      case JsonObject object -> write(generator, object.members());
      case Instant moment ->
          generator.writeString(moment.truncatedTo(ChronoUnit.SECONDS).toString());
      case List<?> elements -> {
        generator.writeStartArray();
        elements.forEach(element -> write(generator, element));
        generator.writeEndArray();
      }
      case Map<?, ?> members -> {
        generator.writeStartObject();
        members.forEach((name, member) -> {
          generator.writeName(name.toString());
          write(generator, member);
        });
        generator.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
