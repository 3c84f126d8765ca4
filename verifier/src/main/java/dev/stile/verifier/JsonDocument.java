package dev.stile.verifier;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One GET of a document that an issuer publishes. Redirects are not followed: they would let
/// whoever controls one path of the issuer's host name the keys.
record JsonDocument(URI uri, String accepted) {
  static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int OK = 200;

  /// Empty whatever went wrong. The wait is ours, since the client's own timeout ends with the
  /// response header and a body can drip for ever. The client is made anew each time: a pooled
  /// connection would be minutes old, and dead without a sign in a Lambda that was frozen
  /// meanwhile.
  Optional<byte[]> fetch(Duration timeout) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Accept", accepted)
            .header("Cache-Control", "no-cache")
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new LimitedBody(MAX_BODY_BYTES));
    try {
      HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == OK ? Optional.of(response.body()) : Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      exchange.cancel(true);
      http.shutdownNow();
    }
  }
}
