package dev.stile.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.stile.edge.Json;
import dev.stile.edge.JsonText;
import dev.stile.edge.Response;
import dev.stile.problem.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bodies and headers of the JDK's server in the forms that the gateway needs.
final class HttpExchanges {
  private HttpExchanges() {}

  /// The body, one byte over the limit at most: the handler refuses it then.
  static byte[] body(HttpExchange exchange) throws IOException {
    return body(exchange, Json.MAX_BYTES + 1);
  }

  static byte[] body(HttpExchange exchange, int most) throws IOException {
    return exchange.getRequestBody().readNBytes(most);
  }

  /// Lower-case names, several values joined, as API Gateway does it.
  static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  /// Decoded; values of one name joined, as API Gateway does it.
  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 1 ? "" : decoded(parts[1]);
      query.merge(decoded(parts[0]), value, (one, other) -> one + "," + other);
    }
    return query;
  }

  /// A `+` stands for itself: it begins every telephone number.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
    send(exchange, status, "application/json", JsonText.of(body));
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.putIfAbsent("X-Content-Type-Options", List.of("nosniff"));
    headers.putIfAbsent("Referrer-Policy", List.of("no-referrer"));
    boolean none = body.length == 0;
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  static void problem(HttpExchange exchange, Problem problem, String requestId) throws IOException {
    send(exchange, Response.of(problem, requestId));
  }

  static void send(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    send(exchange, response.status(), response.body().getBytes(StandardCharsets.UTF_8));
  }
}
