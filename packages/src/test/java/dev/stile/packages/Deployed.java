package dev.stile.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/// A function as Terraform deploys it, by the files that Terraform reads.
record Deployed(String zip, String handler, List<String> environment, List<String> keys) {
  private static final Path TERRAFORM = Path.of("../infra/terraform");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Those of the root module, by name.
  static Map<String, Deployed> functions() {
    return functions("functions.json");
  }

  /// The triggers of a Cognito pool.
  static Map<String, Deployed> triggers() {
    return functions("modules/cognito/functions.json");
  }

  private static Map<String, Deployed> functions(String file) {
    Map<String, Deployed> functions = new LinkedHashMap<>();
    read(file).properties().forEach(one -> functions.put(one.getKey(), of(one.getValue())));
    return functions;
  }

  static Deployed function(String name) {
    return Objects.requireNonNull(functions().get(name), name);
  }

  static Deployed authorizer() {
    return of(read("modules/authorizer/function.json"));
  }

  /// What every function is given besides.
  static Map<String, String> shared() {
    Map<String, String> variables = new LinkedHashMap<>();
    read("modules/function/environment.json")
        .properties()
        .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
    return variables;
  }

  /// The policy of the minimal example.
  static String policy() {
    return read("examples/minimal/policy.json").toString();
  }

  private static Deployed of(JsonNode json) {
    return new Deployed(
        json.get("package").asText(),
        json.get("handler").asText(),
        texts(json.path("environment")),
        texts(json.path("keys")));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode read(String file) {
    try {
      return JSON.readTree(TERRAFORM.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
