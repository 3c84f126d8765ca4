package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed between the writes of its verdicts and their answers. The next one finds
/// every limit in force: what was written counts, and nothing else had to be.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("R04")
@Tag("R32")
class KilledTest {
  private final Map<String, Fact> facts = new HashMap<>();
  private Engines engines;
  private Stage stage;

  private record Fact(String subject, Instant at, String factor, String code, String challenge) {
    static Fact of(List<String> words) {
      String challenge = words.size() > 5 ? words.get(5) : "";
      return new Fact(
          words.get(1), Instant.parse(words.get(2)), words.get(3), words.get(4), challenge);
    }
  }

  @BeforeAll
  void kill(@TempDir Path folder) throws IOException, InterruptedException {
    Path data = Files.createDirectory(folder.resolve("data"));
    LaunchRecord.main(new String[] {folder.toString()});
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + folder.resolve("arguments"),
                "dev.stile.local.Victim",
                data.toString())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.equals("written")) {
        List<String> words = List.of(line.split(" "));
        facts.put(words.getFirst(), Fact.of(words));
        line = out.readLine();
      }
      assertThat(line).as(Files.readString(folder.resolve("stderr"))).isEqualTo("written");
    } finally {
      process.destroyForcibly().waitFor();
    }
    engines = Engines.start(data.resolve("dynamodb"), sent -> {});
    stage =
        new Stage(
            engines,
            "next",
            new Stage.Setting(
                new ConcurrentHashMap<>(), LocalKeys.in(data.resolve("keys")), Stage.PATIENT));
  }

  @AfterAll
  void stop() {
    stage.close();
    engines.close();
  }

  private Fact fact(String what) {
    Fact fact = Objects.requireNonNull(facts.get(what), what);
    stage.clock.set(fact.at());
    return fact;
  }

  @Test
  void leavesAnApprovalThatServesNobodyElse() {
    Fact fact = fact("answer");
    var person = new Person(stage, fact.subject());
    assertThat(person.challenge(fact.challenge()).progress().status()).isEqualTo(Status.APPROVED);
    person.is(409, person.verify(fact.challenge(), fact.code()));
  }

  @Test
  void leavesAGuessCountedAndTheDelayInForce() {
    Fact fact = fact("guess");
    var person = new Person(stage, fact.subject());
    assertThat(person.challenge(fact.challenge()).attemptsLeft()).isEqualTo(4);
    assertThat(person.failures(fact.factor())).isEqualTo(5);
    person.is(423, person.verify(fact.challenge(), fact.code()));
    stage.clock.advance(Duration.ofSeconds(31));
    person.is(200, person.verify(fact.challenge(), fact.code()));
  }

  @Test
  void leavesATimeStepUsed() {
    Fact fact = fact("show");
    var person = new Person(stage, fact.subject());
    person.is(409, person.verify(fact.challenge(), fact.code()));
    String another = person.is(201, person.ask("login", fact.factor())).text("/id");
    assertThat(person.is(422, person.verify(another, fact.code())).code())
        .isEqualTo("code_already_used");
  }

  @Test
  void leavesAFactorActive() {
    Fact fact = fact("activate");
    var person = new Person(stage, fact.subject());
    assertThat(person.active()).hasSize(1);
    person.is(401, person.activate(fact.factor(), fact.code(), ""));
  }
}
