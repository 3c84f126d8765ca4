package dev.stile.local;

import dev.stile.edge.Json;
import dev.stile.edge.JsonText;
import dev.stile.lambda.authorizer.AuthorizerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Asks the authorizer as an HTTP API does: an event of payload format 2.0, identity source
/// `Authorization`, simple responses, no cache. Whatever it does but answer is no.
final class LocalAuthorizer {
  private final Supplier<AuthorizerHandler> handler;

  LocalAuthorizer(Supplier<AuthorizerHandler> handler) {
    this.handler = handler;
  }

  /// What is asked about: the request as it came, and the route that the gateway found for it.
  record Question(String method, String path, String routeKey, String requestId) {}

  boolean admits(Question question, Map<String, String> headers) {
    var out = new ByteArrayOutputStream();
    try {
      handler
          .get()
          .handleRequest(
              new ByteArrayInputStream(event(question, headers)),
              out,
              new LocalContext("authorizer", question.requestId()));
      return Json.object(out.toByteArray()).flag("isAuthorized").orElse(false);
    } catch (IOException | RuntimeException e) {
      return false;
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
