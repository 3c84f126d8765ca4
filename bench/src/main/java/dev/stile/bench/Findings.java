package dev.stile.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a benchmark found: a table, what has to be known to read it, and a picture of one of its
/// columns.
final class Findings {
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Double> bars = new LinkedHashMap<>();
  private final String picture;

  Findings(String picture, String... columns) {
    this.picture = picture;
    this.columns = List.of(columns);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  void bar(String label, double value) {
    bars.put(label, value);
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /// What the picture shows.
  String picture() {
    return picture;
  }

  Map<String, Double> bars() {
    return bars;
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    for (String note : notes) {
      text.append(note).append('\n');
    }
    text.append('\n').append(line(columns));
    text.append(line(columns.stream().map(column -> "---").toList()));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
