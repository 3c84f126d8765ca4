package dev.stile.lambda.authorizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/// The three kinds of events, as they were recorded, with what a test sends in its place.
enum Kind {
  HTTP_API("http-api.json"),
  REST_REQUEST("rest-request.json"),
  REST_TOKEN("rest-token.json");

  private final String recorded;

  Kind(String file) {
    try (InputStream in = Kind.class.getResourceAsStream(file)) {
      recorded = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of an API that sends every path to one place, so that only the authorizer tells them apart.
  String event(String method, String path, String authorization) {
    return routed("$default", "/{proxy+}", method, path, authorization);
  }

  /// Of an API with a route of its own for the path.
  String routed(String route, String template, String method, String path, String authorization) {
    return recorded
        .replace("%ROUTE%", route)
        .replace("%TEMPLATE%", template)
        .replace("%METHOD%", method)
        .replace("%PATH%", escaped(path))
        .replace("%AUTHORIZATION%", escaped(authorization));
  }

  private static String escaped(String text) {
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }
}
