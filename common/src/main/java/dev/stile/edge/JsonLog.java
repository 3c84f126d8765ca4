package dev.stile.edge;

import dev.stile.audit.Log;
import java.io.PrintStream;
import java.util.Map;

/// Writes each line as one JSON object; the writer escapes whatever could start another.
public final class JsonLog implements Log {
  private final PrintStream out;

  public JsonLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void line(Map<String, Object> fields) {
    out.println(JsonText.of(fields));
  }
}
