package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.local.Options.BadOptions;
import dev.stile.testing.SetClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPoliciesTest {
  private static final URI BASE = URI.create("http://localhost:8080");
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  @TempDir private Path folder;
  private Path file;
  private final List<Map<String, Object>> lines = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("policy.json"), "{\"actions\":{\"first\":{}}}");
  }

  private LocalPolicies policies() {
    return new LocalPolicies(file, BASE, new SetClock(NOW), lines::add);
  }

  @Test
  void takesUpAChangedFile() throws IOException {
    LocalPolicies policies = policies();
    assertThat(policies.current().action("first")).isPresent();
    Files.writeString(file, "{\"actions\":{\"second\":{}}}");
    assertThat(policies.current().action("second")).isPresent();
    assertThat(policies.current().action("first")).isEmpty();
    assertThat(policies.current().action("pay")).isPresent();
    assertThat(lines).containsExactly(Map.of("time", NOW, "policy", "taken up"));
  }

  @Test
  void takesUpTheRoutesWithIt() throws IOException {
    LocalPolicies policies = policies();
    assertThat(policies.document().routes().match("POST", "/orders")).isEmpty();
    Files.writeString(file, "{\"routes\":{\"POST /orders\":{\"action\":\"login\"}}}");
    assertThat(policies.document().routes().match("POST", "/orders")).isPresent();
  }

  @Test
  void keepsTheLastGoodOneAndNamesThePlace() throws IOException {
    LocalPolicies policies = policies();
    Files.writeString(file, "{\n  \"actions\": {\n    \"second\": {\"acr\": \"aal9\"}\n  }\n}\n");
    assertThat(policies.current().action("first")).isPresent();
    assertThat(policies.current().action("second")).isEmpty();
    String why = file + ":3: /actions/second/acr: Member acr names no level.";
    assertThat(lines).containsExactly(Map.of("time", NOW, "policy", "kept", "why", why));

    Files.writeString(file, "{\"actions\":{\"third\":{}}}");
    assertThat(policies.current().action("third")).isPresent();
  }

  @Test
  void keepsTheLastGoodOneWithoutAFile() throws IOException {
    LocalPolicies policies = policies();
    Files.delete(file);
    assertThat(policies.current().action("first")).isPresent();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).containsEntry("policy", "kept");
  }

  @Test
  void keepsItsTenant() throws IOException {
    LocalPolicies policies = policies();
    Files.writeString(file, "{\"tenant\":\"other\"}");
    assertThat(policies.current().tenant().id()).isEqualTo("default");
    assertThat(lines).hasSize(1);
  }

  @Test
  void refusesToStartWithABrokenOne() throws IOException {
    Files.writeString(file, "{\n\"actions\": []}");
    assertThatExceptionOfType(BadOptions.class)
        .isThrownBy(this::policies)
        .withMessage(file + ":2: /actions: Member actions is not an object.");
  }
}
