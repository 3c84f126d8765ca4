package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.local.ApiDescription.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");
  private static final Set<String> RETRIED = Set.of("429", "503");
  private final ApiDescription api = ApiDescription.ofCheckout();

  @Test
  void isOpenApi31() {
    assertThat(api.place("/openapi").node().asText()).startsWith("3.1.");
  }

  @Test
  void refusesADuplicateMember() {
    assertThatThrownBy(() -> ApiDescription.ofYaml("a: 1\na: 2\n"))
        .hasMessageContaining("Duplicate");
  }

  @Test
  void resolvesEveryReference() {
    assertThat(nodes("", api.root().node()))
        .filteredOn(place -> place.getValue().has("$ref"))
        .isNotEmpty()
        .allSatisfy(place ->
            assertThatCode(() -> api.place(place.getValue().get("$ref").asText().substring(1)))
                .as(place.getKey())
                .doesNotThrowAnyException());
  }

  @Test
  void namesEachOperationOnceByAVerbPhrase() {
    assertThat(operations().map(operation -> operation.node().path("operationId").asText()))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z]+([A-Z][A-Za-z]*)+"));
  }

  @Test
  void asksEveryOperationButTheWellKnownOnesForAToken() {
    assertThat(operations().filter(operation -> !isOfBackEnds(operation)))
        .allSatisfy(operation -> {
          boolean open = operation.pointer().contains("/paths/~1.well-known~1");
          assertThat(operation.node().has("security")).isEqualTo(open);
          assertThat(statuses(operation).contains("401")).isEqualTo(!open);
        });
  }

  @Test
  void asksEveryOperationOfBackEndsForASignature() {
    assertThat(operations().filter(ApiDescriptionTest::isOfBackEnds))
        .isNotEmpty()
        .allSatisfy(operation -> {
          assertThat(operation.node().at("/security/0").has("signature")).isTrue();
          assertThat(operation.child("responses").flatMap(all -> all.child("403")))
              .hasValueSatisfying(
                  response -> assertThat(response.pointer()).endsWith("/BackEndForbidden"));
        });
  }

  /// Whatever a user can do, a back end can do for him, with the same answers.
  @Test
  void describesBothDoorsOfEveryOperationOfAUser() {
    assertThat(api.place("/paths").names())
        .filteredOn(path -> path.startsWith("/v1/") && !path.startsWith("/v1/users/"))
        .isNotEmpty()
        .allSatisfy(path -> {
          Place own = api.place("/paths").child(path).orElseThrow();
          Optional<Place> other =
              api.place("/paths").child(path.replaceFirst("/v1/", "/v1/users/{user_id}/"));
          assertThat(other).as(path + " for back ends").isPresent();
          own.names().stream()
              .filter(METHODS::contains)
              .forEach(method ->
                  assertThat(other.orElseThrow().child(method).map(ApiDescriptionTest::statuses))
                      .as(method + path)
                      .hasValueSatisfying(statuses ->
                          assertThat(statuses)
                              .containsAll(
                                  statuses(own.child(method).orElseThrow()).stream()
                                      .filter(status -> !status.equals("401"))
                                      .toList())));
        });
  }

  private static boolean isOfBackEnds(Place operation) {
    return operation.pointer().contains("/paths/~1v1~1users~1");
  }

  @Test
  void describesOverloadAndOutageOfEveryOperation() {
    assertThat(operations())
        .allSatisfy(operation -> assertThat(statuses(operation)).containsAll(RETRIED));
  }

  @Test
  void describesMalformedRequestsOfEveryOperationWithAToken() {
    assertThat(operations())
        .filteredOn(operation -> statuses(operation).contains("401"))
        .allSatisfy(operation -> assertThat(statuses(operation)).contains("400", "403"));
  }

  @Test
  void describes404WhereAnIdIsInThePath() {
    assertThat(operations())
        .filteredOn(operation -> operation.pointer().contains("{"))
        .isNotEmpty()
        .allSatisfy(operation -> assertThat(statuses(operation)).contains("404"));
  }

  @Test
  void answersEveryErrorWithAProblemAndAnExample() {
    assertThat(responses())
        .filteredOn(response -> response.pointer().startsWith("/components/responses/"))
        .filteredOn(response -> response.node().at("/content/application~1problem+json").isObject())
        .isNotEmpty()
        .allSatisfy(response -> {
          Place content = response.child("content").orElseThrow();
          assertThat(content.names()).containsExactly("application/problem+json");
          assertThat(content.children())
              .allSatisfy(medium -> assertThat(medium.names()).contains("schema", "examples"));
        });
    assertThat(operations().flatMap(ApiDescriptionTest::failures))
        .allSatisfy(response ->
            assertThat(response.child("content").orElseThrow().names())
                .containsExactly("application/problem+json"));
  }

  @Test
  void showsOnlyExamplesThatItsOwnSchemasAccept() {
    assertThat(media())
        .isNotEmpty()
        .allSatisfy(medium -> {
          Place schema = medium.child("schema").orElseThrow();
          assertThat(medium.child("examples").orElseThrow().children())
              .isNotEmpty()
              .allSatisfy(example ->
                  assertThat(api.violations(schema, example.node().path("value")))
                      .as(medium.pointer())
                      .isEmpty());
        });
  }

  @Test
  void closesEveryObject() {
    assertThat(nodes("/components/schemas", api.place("/components/schemas").node()))
        .filteredOn(place -> place.getValue().path("type").asText().equals("object"))
        .isNotEmpty()
        .allSatisfy(place -> assertThat(isClosed(place.getValue())).as(place.getKey()).isTrue());
  }

  @Test
  void boundsEveryTextAndList() {
    assertThat(nodes("/components", api.place("/components").node()))
        .filteredOn(place -> !place.getKey().contains("/examples"))
        .filteredOn(
            place -> Set.of("string", "array").contains(place.getValue().path("type").asText()))
        .isNotEmpty()
        .allSatisfy(place ->
            assertThat(Stream.of("maxLength", "maxItems", "enum", "const"))
                .as(place.getKey())
                .anyMatch(place.getValue()::has));
  }

  /// Takes no member that is not described, or only so many of one form.
  private static boolean isClosed(JsonNode schema) {
    JsonNode more = schema.path("additionalProperties");
    return more.isBoolean() ? !more.asBoolean() : schema.has("maxProperties");
  }

  private Stream<Place> operations() {
    return api.place("/paths")
        .children()
        .flatMap(item ->
            item.names().stream()
                .filter(METHODS::contains)
                .flatMap(method -> item.child(method).stream()));
  }

  private static List<String> statuses(Place operation) {
    return operation.child("responses").orElseThrow().names();
  }

  private static Stream<Place> failures(Place operation) {
    Place responses = operation.child("responses").orElseThrow();
    return responses.names().stream()
        .filter(status -> status.compareTo("400") >= 0)
        .flatMap(status -> responses.child(status).stream());
  }

  private Stream<Place> responses() {
    return operations().flatMap(operation -> operation.child("responses").orElseThrow().children());
  }

  private Stream<Place> media() {
    Stream<Place> bodies =
        operations().flatMap(operation -> operation.child("requestBody").stream());
    return Stream.concat(responses(), bodies)
        .flatMap(body -> body.child("content").stream())
        .flatMap(Place::children);
  }

  private static List<Map.Entry<String, JsonNode>> nodes(String pointer, JsonNode node) {
    Stream<Map.Entry<String, JsonNode>> below =
        node.isArray()
            ? node.valueStream().flatMap(item -> nodes(pointer + "/-", item).stream())
            : node.propertyStream()
                .flatMap(
                    member -> nodes(pointer + "/" + member.getKey(), member.getValue()).stream());
    return Stream.concat(Stream.of(Map.entry(pointer, node)), below).toList();
  }
}
