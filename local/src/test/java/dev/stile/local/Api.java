package dev.stile.local;

import dev.stile.local.Contract.Request;
import dev.stile.local.Contract.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A client that holds every exchange with the API to its contract.
final class Api {
  static final Contract CONTRACT = new Contract(ApiDescription.ofCheckout());
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final URI base;
  private final Canaries canaries;

  Api(URI base) {
    this(base, new Canaries(Set.of()));
  }

  Api(URI base, Canaries canaries) {
    this.base = base;
    this.canaries = canaries;
  }

  URI base() {
    return base;
  }

  Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  Answer post(String path, String body) {
    return send("POST", path, body, Map.of());
  }

  Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
    return sendBytes(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer sendBytes(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LONGEST)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    Response response = exchange(request.build());
    String text = body == null ? null : new String(body, StandardCharsets.UTF_8);
    canaries.watch(headers, text, response);
    if (!isLocal(path)) {
      synchronized (CONTRACT) {
        CONTRACT.check(new Request(method, path, text), response);
      }
    }
    return new Answer(method + " " + path, response);
  }

  /// What only the local mode has is no part of the API.
  private static boolean isLocal(String path) {
    return path.startsWith("/local/")
        || path.startsWith("/demo/")
        || path.equals("/")
        || path.startsWith("/console/");
  }

  private static Response exchange(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return new Response(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(request + " was interrupted", e);
    }
  }
}
