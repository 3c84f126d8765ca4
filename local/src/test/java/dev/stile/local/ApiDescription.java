package dev.stile.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// docs/api/openapi.yaml as a tree whose references are followed, and the JSON schemas in it.
/// Duplicate members are refused, in the description and in what is held against it.
final class ApiDescription {
  private static final String FILE = "docs/api/openapi.yaml";
  private static final String HOME = "https://stile.dev/openapi";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final JsonNode root;
  private final SchemaRegistry schemas;

  private ApiDescription(JsonNode root) {
    this.root = root;
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(),
            registry ->
                registry
                    .schemas(Map.of(HOME, root.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /// Finds the file in the checkout that the tests run in.
  static ApiDescription ofCheckout() {
    Path file =
        Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
            .map(folder -> folder.resolve(FILE))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + FILE + " above this folder"));
    try {
      return ofYaml(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ApiDescription ofYaml(String text) {
    try {
      return new ApiDescription(
          YAMLMapper.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  Place root() {
    return new Place("", root);
  }

  /// The place that a pointer names.
  ///
  /// @throws IllegalStateException if there is none
  Place place(String pointer) {
    JsonNode node = root.at(pointer);
    if (node.isMissingNode()) {
      throw new IllegalStateException("nothing is at #" + pointer);
    }
    return new Place(pointer, node);
  }

  /// What is wrong with a value by the schema at that place, each as `pointer: message`.
  List<String> violations(Place schema, JsonNode value) {
    return schemas
        .getSchema(SchemaLocation.of(HOME + "#" + schema.pointer()))
        .validate(value)
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .distinct()
        .toList();
  }

  /// One node of the tree and where it is.
  final class Place {
    private final String pointer;
    private final JsonNode node;

    private Place(String pointer, JsonNode node) {
      this.pointer = pointer;
      this.node = node;
    }

    String pointer() {
      return pointer;
    }

    JsonNode node() {
      return node;
    }

    /// The child of that name, or what it refers to.
    Optional<Place> child(String name) {
      JsonNode child = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
      return Optional.ofNullable(child)
          .map(found ->
              new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), found)
                  .target());
    }

    List<String> names() {
      return node.propertyStream().map(Map.Entry::getKey).toList();
    }

    Stream<Place> children() {
      Stream<String> names =
          node.isArray()
              ? Stream.iterate(0, i -> i < node.size(), i -> i + 1).map(String::valueOf)
              : names().stream();
      return names.flatMap(name -> child(name).stream());
    }

    private Place target() {
      JsonNode reference = node.get("$ref");
      return reference == null ? this : place(reference.asText().substring(1)).target();
    }
  }
}
