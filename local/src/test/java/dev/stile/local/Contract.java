package dev.stile.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stile.local.ApiDescription.Place;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds each exchange to the description of the API: the operation, the status, the headers, the
/// content type and the body. A request is held to it where it succeeded, since tests send bad ones
/// on purpose. A path or a method that is not described may only be answered 404, with a problem.
final class Contract {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String PROBLEM = "/components/schemas/Problem";
  private static final int NOT_FOUND = 404;
  private final ApiDescription api;

  Contract(ApiDescription api) {
    this.api = api;
  }

  /// `path` as it was sent, query included; no body is null or empty.
  record Request(String method, String path, @Nullable String body) {
    String route() {
      return path.replaceFirst("[?#].*", "");
    }

    Stream<String> queryNames() {
      int query = path.indexOf('?');
      return query < 0
          ? Stream.empty()
          : Stream.of(path.substring(query + 1).split("&", -1)).map(pair -> pair.split("=", 2)[0]);
    }

    String text() {
      return Objects.requireNonNullElse(body, "");
    }
  }

  record Response(int status, Map<String, List<String>> headers, @Nullable String body) {
    boolean succeeded() {
      return status < 300;
    }

    String text() {
      return Objects.requireNonNullElse(body, "");
    }

    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> name.equalsIgnoreCase(header.getKey()))
          .flatMap(header -> header.getValue().stream())
          .findFirst();
    }
  }

  /// @throws AssertionError with everything that is not as described, one finding a line
  void check(Request request, Response response) {
    List<String> findings = findings(request, response);
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d, not as docs/api/openapi.yaml describes it:\n  - %s"
              .formatted(
                  request.method(),
                  request.route(),
                  response.status(),
                  String.join("\n  - ", findings)));
    }
  }

  private List<String> findings(Request request, Response response) {
    Optional<Route> route = route(request.route());
    if (route.isEmpty()) {
      return undescribed("the path", response);
    }
    Place item = route.get().item();
    Optional<Place> operation = item.child(request.method().toLowerCase(Locale.ROOT));
    if (operation.isEmpty()) {
      return undescribed("the method", response);
    }
    Place responses = operation.get().child("responses").orElseThrow();
    Optional<Place> described = responses.child(String.valueOf(response.status()));
    if (described.isEmpty()) {
      return List.of("the status is not described; these are: " + responses.names());
    }
    List<String> findings = new ArrayList<>(headers(described.get(), response));
    findings.addAll(
        body("response", described.get(), response.header("Content-Type"), response.text()));
    if (response.succeeded()) {
      findings.addAll(parameters(route.get(), operation.get(), request));
      findings.addAll(requestBody(operation.get(), request));
    }
    return findings;
  }

  private List<String> undescribed(String what, Response response) {
    if (response.status() != NOT_FOUND) {
      return List.of(what + " is not described");
    }
    if (!contentType(response.header("Content-Type")).equals(PROBLEM_JSON)) {
      return List.of(what + " is not described, and the answer is no problem");
    }
    return json("response", api.place(PROBLEM), response.text());
  }

  private List<String> headers(Place described, Response response) {
    List<String> findings = new ArrayList<>();
    Optional<Place> headers = described.child("headers");
    for (String name : headers.map(Place::names).orElse(List.of())) {
      Place header = headers.flatMap(all -> all.child(name)).orElseThrow();
      Optional<String> value = response.header(name);
      if (value.isPresent()) {
        Place schema = header.child("schema").orElseThrow();
        api.violations(schema, scalar(schema, value.get()))
            .forEach(violation -> findings.add("header " + name + violation));
      } else if (header.node().path("required").asBoolean()) {
        findings.add("header " + name + " is missing");
      }
    }
    return findings;
  }

  private static JsonNode scalar(Place schema, String text) {
    boolean number = schema.node().path("type").asText().equals("integer");
    return number && text.matches("-?[0-9]{1,18}")
        ? LongNode.valueOf(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  private List<String> parameters(Route route, Place operation, Request request) {
    List<String> findings = new ArrayList<>();
    route
        .item()
        .child("parameters")
        .ifPresent(all ->
            all.children()
                .filter(parameter -> parameter.node().path("in").asText().equals("path"))
                .forEach(parameter -> findings.addAll(parameter(route, parameter))));
    request
        .queryNames()
        .filter(name -> !isDescribed(operation, name))
        .forEach(name -> findings.add("query parameter " + name + " is not described"));
    return findings;
  }

  private static boolean isDescribed(Place operation, String name) {
    return operation
        .child("parameters")
        .map(Place::children)
        .orElse(Stream.empty())
        .map(Place::node)
        .anyMatch(parameter ->
            parameter.path("in").asText().equals("query")
                && parameter.path("name").asText().equals(name));
  }

  private List<String> parameter(Route route, Place parameter) {
    String name = parameter.node().path("name").asText();
    String value = route.values().getOrDefault(name, "");
    return api.violations(parameter.child("schema").orElseThrow(), TextNode.valueOf(value)).stream()
        .map(violation -> "path parameter " + name + violation)
        .toList();
  }

  private List<String> requestBody(Place operation, Request request) {
    Optional<Place> described = operation.child("requestBody");
    if (described.isEmpty()) {
      return request.text().isEmpty() ? List.of() : List.of("no request body is described");
    }
    if (request.text().isEmpty() && !described.get().node().path("required").asBoolean()) {
      return List.of();
    }
    Optional<Place> form = described.get().child("content").flatMap(content -> content.child(FORM));
    return form.isPresent()
        ? json("request", form.get().child("schema").orElseThrow(), members(request.text()))
        : body("request", described.get(), Optional.of("application/json"), request.text());
  }

  /// A form as the JSON object that its schema describes.
  private static String members(String form) {
    return Body.of(
        Arrays.stream(form.split("[&=]", -1))
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toArray());
  }

  private List<String> body(
      String side, Place described, Optional<String> contentType, String text) {
    Optional<Place> content = described.child("content");
    if (content.isEmpty()) {
      return text.isEmpty() ? List.of() : List.of(side + " body: none is described");
    }
    Optional<Place> medium = content.get().child(contentType(contentType));
    if (medium.isEmpty()) {
      return List.of(
          "%s content type %s is not described; these are: %s"
              .formatted(side, contentType.orElse("(none)"), content.get().names()));
    }
    return json(side, medium.get().child("schema").orElseThrow(), text);
  }

  private List<String> json(String side, Place schema, String text) {
    if (text.isEmpty()) {
      return List.of(side + " body is missing");
    }
    try {
      return api.violations(schema, ApiDescription.json(text)).stream()
          .map(violation -> side + " body " + violation)
          .toList();
    } catch (JsonProcessingException e) {
      return List.of(side + " body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static String contentType(Optional<String> header) {
    return header.orElse("").replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT);
  }

  /// The described path that matches with the fewest parameters.
  private Optional<Route> route(String path) {
    Place paths = api.place("/paths");
    return paths.names().stream()
        .flatMap(
            template -> Route.match(template, path, paths.child(template).orElseThrow()).stream())
        .min(Comparator.comparingInt(route -> route.values().size()));
  }

  /// A path item, and the values of the path's parameters.
  private record Route(Place item, Map<String, String> values) {
    static Optional<Route> match(String template, String path, Place item) {
      String[] names = template.split("/", -1);
      String[] segments = path.split("/", -1);
      if (names.length != segments.length) {
        return Optional.empty();
      }
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        if (names[i].startsWith("{")) {
          values.put(names[i].substring(1, names[i].length() - 1), segments[i]);
        } else if (!names[i].equals(segments[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(new Route(item, values));
    }
  }
}
