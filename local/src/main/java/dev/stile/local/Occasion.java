package dev.stile.local;

import java.util.List;
import java.util.Map;

/// What a function ran for, and the traces that it belongs to. A trace begins with a request and
/// has its id; messages carry it on.
sealed interface Occasion {
  List<String> traces();

  Map<String, Object> view();

  record HttpRequest(String trace, String route) implements Occasion {
    @Override
    public List<String> traces() {
      return List.of(trace);
    }

    @Override
    public Map<String, Object> view() {
      return Map.of("type", "http", "route", route);
    }
  }

  /// A batch of changes of the table.
  record StreamBatch(List<String> traces, int changes) implements Occasion {
    @Override
    public Map<String, Object> view() {
      return Map.of("type", "stream", "changes", changes);
    }
  }

  /// A batch, with the bodies of its messages.
  record QueueBatch(List<String> traces, String queue, List<String> messages) implements Occasion {
    @Override
    public Map<String, Object> view() {
      return Map.of("type", "queue", "queue", queue, "messages", messages);
    }
  }
}
