package dev.stile.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The measures of one log line, in CloudWatch's embedded metric format: the line itself holds the
/// values and, as texts, the dimensions. Dimensions take few values each, and none is a person's.
final class Metrics {
  static final String NAMESPACE = "Stile";
  static final List<List<String>> DEPENDENCY = List.of(List.of("dependency"));

  private final Map<String, Object> line;
  private final List<Map<String, Object>> directives = new ArrayList<>();

  /// Measures what this line tells.
  Metrics(Map<String, Object> line) {
    this.line = line;
  }

  /// One of something, for each of these sets of members.
  Metrics count(String name, List<List<String>> dimensions) {
    line.put(name, 1);
    return measure(name, "Count", dimensions);
  }

  /// A time that passed.
  Metrics milliseconds(String name, long value, List<List<String>> dimensions) {
    line.put(name, value);
    return measure(name, "Milliseconds", dimensions);
  }

  private Metrics measure(String name, String unit, List<List<String>> dimensions) {
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", NAMESPACE);
    directive.put("Dimensions", dimensions);
    directive.put("Metrics", List.of(Map.of("Name", name, "Unit", unit)));
    directives.add(directive);
    return this;
  }

  /// Names the measures within the line.
  void end(Instant now) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("Timestamp", now.toEpochMilli());
    metadata.put("CloudWatchMetrics", directives);
    line.put("_aws", metadata);
  }
}
