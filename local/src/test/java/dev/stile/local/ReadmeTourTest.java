package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tour of the README, run word for word. What a command answers must look like what the README
/// shows below it: the same members of the same types, and the same values where they do not change
/// from run to run.
class ReadmeTourTest {
  private static final Pattern TOUR =
      Pattern.compile("<!-- tour -->(.*)<!-- /tour -->", Pattern.DOTALL);
  private static final Pattern STEP =
      Pattern.compile("```sh\\n(.*?)```\\s*(?:```json\\n(.*?)```)?", Pattern.DOTALL);
  private static final String NEXT = "--- next step of the tour ---";
  private static final List<String> TOOLS =
      List.of("bash", "curl", "openssl", "sed", "grep", "xargs", "od", "base32", "base64");

  /// Members whose texts stand in the README as they are.
  private static final Set<String> STEADY =
      Set.of(
          "acr",
          "action",
          "algorithm",
          "amr",
          "aud",
          "channel",
          "client_id",
          "display",
          "hint",
          "kind",
          "label",
          "reasons",
          "scope",
          "status",
          "sub",
          "to",
          "token_type",
          "type");

  private final JsonMapper json = new JsonMapper();
  private LocalStile stile;

  @BeforeEach
  void open() throws IOException {
    requireTools();
    stile = LocalStile.start(new Options(0, null, null), System.err);
  }

  @AfterEach
  void close() {
    if (stile != null) {
      stile.close();
    }
  }

  @Test
  void answersAsItShows(@TempDir Path directory) throws Exception {
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(10);
    List<String> answers = run(steps, stile, directory);
    assertThat(answers).hasSameSizeAs(steps);
    for (int i = 0; i < steps.size(); i++) {
      String shown = steps.get(i).shown();
      if (shown.isEmpty()) {
        assertThat(answers.get(i)).as(steps.get(i).commands()).isBlank();
      } else {
        alike(json.readTree(answers.get(i)), json.readTree(shown), steps.get(i).commands());
      }
    }
  }

  private record Step(String commands, String shown) {}

  private static List<Step> steps() throws IOException {
    Matcher tour = TOUR.matcher(Files.readString(readme()));
    assertThat(tour.find()).as("README.md has a tour").isTrue();
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(tour.group(1));
    while (step.find()) {
      String shown = step.group(2);
      steps.add(new Step(step.group(1), shown == null ? "" : shown));
    }
    return steps;
  }

  /// One shell for all, as for somebody who follows the tour; the first failure ends it.
  private static List<String> run(List<Step> steps, LocalStile stile, Path directory)
      throws Exception {
    String commands =
        String.join("\necho '" + NEXT + "'\n", steps.stream().map(Step::commands).toList());
    Path script = Files.writeString(directory.resolve("tour"), "set -eo pipefail\n" + commands);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    var builder = new ProcessBuilder("bash", script.toString());
    builder.environment().put("STILE", stile.base().toString());
    // Answers come from this machine only, whatever stands between it and others.
    builder.environment().put("no_proxy", "localhost");
    Process process =
        builder
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String told = Files.readString(out) + Files.readString(err);
    assertThat(ended).as("ends in a minute:\n%s", told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    return List.of(Files.readString(out).split(Pattern.quote(NEXT) + "\n", -1));
  }

  private static void alike(JsonNode answer, JsonNode shown, String where) {
    assertThat(answer.getNodeType()).as(where).isEqualTo(shown.getNodeType());
    assertThat(answer.size()).as(where + answer).isEqualTo(shown.size());
    for (int i = 0; i < shown.size() && shown.isArray(); i++) {
      alike(answer.get(i), shown.get(i), where);
    }
    shown
        .properties()
        .forEach(member -> {
          String name = member.getKey();
          JsonNode value = answer.get(name);
          assertThat(value).as("%s in the answer to %s", name, where).isNotNull();
          if (STEADY.contains(name)) {
            assertThat(value)
                .as("%s in the answer to %s", name, where)
                .isEqualTo(member.getValue());
          } else {
            alike(value, member.getValue(), where);
          }
        });
  }

  private static void requireTools() {
    List<String> missing = TOOLS.stream().filter(tool -> !isInstalled(tool)).toList();
    if (!missing.isEmpty()) {
      throw Skipped.because("the tour of the README, for these are missing: " + missing);
    }
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private static Path readme() {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("README.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no README.md above this folder"));
  }
}
