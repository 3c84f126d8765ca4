package dev.stile.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.conformance.Reports.Case;
import dev.stile.conformance.Reports.Outcome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds docs/conformance to the tests of this very build.
class ConformanceTest {
  private static final Path PAGE = Repository.CONFORMANCE.resolve("README.md");
  private static final PrintStream WATCHED =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  @Test
  void listsOnlyTestsThatRanAndPassed() throws IOException {
    Reports reports = Reports.read();
    for (Shown shown : Shown.all()) {
      List<Case> runs = reports.of(shown::ran);
      String name = shown.requirement() + ", " + shown.shortName() + " " + shown.method();
      assertThat(runs).as(name + " did not run").isNotEmpty();
      assertThat(runs).as(name).noneMatch(run -> run.outcome() == Outcome.FAILED);
      if (runs.stream().allMatch(run -> run.outcome() == Outcome.SKIPPED)) {
        WATCHED.println("SKIPPED, so not shown by this build: " + name);
      }
    }
  }

  @Test
  void tagsWithKnownRequirements() throws IOException {
    Set<String> known = Requirement.all().stream().map(Requirement::id).collect(Collectors.toSet());
    assertThat(Shown.all()).isNotEmpty().allMatch(shown -> known.contains(shown.requirement()));
  }

  @Test
  void saysOnItsPageWhatTheTestsShow() throws IOException {
    String page = Ledger.page(Requirement.all(), Shown.all());
    if ("write".equals(System.getProperty("conformance"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("write it again with -Dconformance=write")
        .isEqualTo(page);
  }

  @Test
  void noticesATestThatDidNotRun() {
    var shown = new Shown("R01", "a.Outer$Inner", "holds", Set.of("a.Outer$Inner", "a.Heir"));
    assertThat(shown.ran(new Case("a.Heir", "holds", Outcome.PASSED))).isTrue();
    assertThat(shown.ran(new Case("a.Heir", "holdsToo", Outcome.PASSED))).isFalse();
    assertThat(shown.ran(new Case("a.Outer", "holds", Outcome.PASSED))).isFalse();
    var whole = new Shown("R01", "a.Outer", "", Set.of("a.Outer"));
    assertThat(whole.ran(new Case("a.Outer$Inner", "holds", Outcome.PASSED))).isTrue();
    assertThat(whole.ran(new Case("a.OuterMost", "holds", Outcome.PASSED))).isFalse();
  }
}
