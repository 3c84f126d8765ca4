package dev.stile.edge;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A log whose lines can be read, written as they are written in production.
final class Lines {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final JsonLog log = new JsonLog(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  List<String> all() {
    return text().lines().toList();
  }

  /// The members of the one line that was written.
  JsonObject only() {
    if (all().size() != 1) {
      throw new AssertionError("not one line: " + text());
    }
    return Json.object(all().get(0).getBytes(StandardCharsets.UTF_8));
  }
}
