package dev.stile.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// One line of docs/conformance/requirements.tsv.
record Requirement(String id, String text, String source) {
  static List<Requirement> all() throws IOException {
    return Files.readAllLines(Repository.CONFORMANCE.resolve("requirements.tsv")).stream()
        .map(line -> line.split("\t", -1))
        .map(columns -> new Requirement(columns[0], columns[1], columns[2]))
        .toList();
  }
}
