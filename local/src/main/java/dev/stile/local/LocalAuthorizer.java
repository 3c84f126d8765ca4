package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.stile.edge.Json;
import dev.stile.edge.JsonObject;
import dev.stile.edge.JsonText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks an authorizer as an HTTP API does: an event of payload format 2.0, identity source
/// `Authorization`, simple responses, no cache. Whatever it does but answer is no.
final class LocalAuthorizer {
  private final Supplier<? extends RequestStreamHandler> handler;

  LocalAuthorizer(Supplier<? extends RequestStreamHandler> handler) {
    this.handler = handler;
  }

  /// What is asked about: the request as it came, and the route that the gateway found for it.
  record Question(String method, String path, String routeKey, String requestId) {}

  /// What it tells the function behind the route, if it lets the request through.
  Optional<Map<String, String>> ask(Question question, Map<String, String> headers) {
    var out = new ByteArrayOutputStream();
    try {
      handler
          .get()
          .handleRequest(
              new ByteArrayInputStream(event(question, headers)),
              out,
              new LocalContext("authorizer", question.requestId()));
      JsonObject answer = Json.object(out.toByteArray());
      return answer.flag("isAuthorized").orElse(false)
          ? Optional.of(answer.object("context").map(JsonObject::allTexts).orElse(Map.of()))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] event(Question question, Map<String, String> headers) {
    Map<String, Object> context =
        Map.of(
            "http", Map.of("method", question.method(), "path", question.path()),
            "requestId", question.requestId(),
            "routeKey", question.routeKey(),
            "stage", "$default");
    Map<String, Object> event =
        Map.of(
            "version",
            "2.0",
            "type",
            "REQUEST",
            "identitySource",
            List.of(headers.getOrDefault("authorization", "")),
            "routeKey",
            question.routeKey(),
            "rawPath",
            question.path(),
            "headers",
            headers,
            "requestContext",
            context);
    return JsonText.of(event).getBytes(StandardCharsets.UTF_8);
  }
}
