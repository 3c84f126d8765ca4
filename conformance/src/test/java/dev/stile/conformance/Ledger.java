package dev.stile.conformance;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The page: each requirement with the tests that show it.
final class Ledger {
  private Ledger() {}

  static String page(List<Requirement> requirements, List<Shown> shown) throws IOException {
    Map<String, List<Shown>> byRequirement =
        shown.stream().collect(Collectors.groupingBy(Shown::requirement));
    var page = new StringBuilder(head(byRequirement.keySet().size(), requirements.size()));
    for (Requirement requirement : requirements) {
      page.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  requirement.id(),
                  requirement.text(),
                  requirement.source(),
                  tests(byRequirement.getOrDefault(requirement.id(), List.of()))));
    }
    return page.toString();
  }

  private static String head(int shown, int all) {
    return """
    # Conformance

    What Stile holds itself to, and the tests that show it. Made from the tags of the tests
    (`@Tag("R03")`) and the reports of the build: a test that did not run and pass makes the build
    fail, and so does a page that says anything else. Write it again with
    `./mvnw verify -Dconformance=write`.

    %d of %d requirements are shown.

    | | Requirement | After | Shown by |
    |---|---|---|---|
    """
        .formatted(shown, all);
  }

  private static String tests(List<Shown> shown) throws IOException {
    if (shown.isEmpty()) {
      return "**missing**";
    }
    Map<String, List<Shown>> byClass =
        shown.stream()
            .sorted(Comparator.comparing(Shown::method))
            .collect(Collectors.groupingBy(Shown::shortName, TreeMap::new, Collectors.toList()));
    var cell = new StringBuilder();
    for (Map.Entry<String, List<Shown>> entry : byClass.entrySet()) {
      Shown first = entry.getValue().getFirst();
      cell.append(cell.isEmpty() ? "" : "<br>")
          .append("[%s](../../%s)".formatted(entry.getKey(), source(first)))
          .append(methods(entry.getValue()));
    }
    return cell.toString();
  }

  private static String source(Shown shown) throws IOException {
    return Repository.source(shown.className()).toString();
  }

  /// None where the whole class is meant.
  private static String methods(List<Shown> shown) {
    return shown.stream()
        .filter(test -> !test.method().isEmpty())
        .map(test -> "`" + test.method() + "`")
        .distinct()
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), list -> list.isEmpty() ? "" : " " + list));
  }
}
