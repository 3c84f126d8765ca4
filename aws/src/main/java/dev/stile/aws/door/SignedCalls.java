package dev.stile.aws.door;

import dev.stile.aws.AwsEnvironment;
import dev.stile.signin.StepUps.Unavailable;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// Requests signed by Signature Version 4 as the function's own role. One try each: a second one of
/// an answer would be a second guess.
public final class SignedCalls {
  private static final String SERVICE = "execute-api";

  /// What the client sets itself and refuses to be told.
  private static final Set<String> OWN = Set.of("host", "content-length");

  private final URI base;
  private final AwsEnvironment environment;
  private final Duration patience;

  /// Each call ends within `patience`.
  public SignedCalls(URI base, AwsEnvironment environment, Duration patience) {
    this.base = base;
    this.environment = environment;
    this.patience = patience;
  }

  record Answer(int status, String body) {}

  /// The client is made anew each time: a pooled connection may be dead without a sign in a
  /// function that was frozen meanwhile.
  Answer post(String path, String body) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(signed(URI.create(base + path), body), BodyHandlers.ofString());
    try {
      HttpResponse<String> response = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      throw new Unavailable("no answer");
    } catch (TimeoutException e) {
      throw new Unavailable("no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    } finally {
      exchange.cancel(true);
      http.shutdownNow();
    }
  }

  private HttpRequest signed(URI uri, String body) {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    AwsCredentials credentials = environment.credentials().resolveCredentials();
    var signed =
        AwsV4HttpSigner.create()
            .sign(request ->
                request
                    .identity(credentials)
                    .request(
                        SdkHttpRequest.builder()
                            .method(SdkHttpMethod.POST)
                            .uri(uri)
                            .putHeader("Content-Type", "application/json")
                            .build())
                    .payload(() -> new ByteArrayInputStream(payload))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, environment.region().id()))
            .request();
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(payload));
    signed
        .headers()
        .forEach((name, values) -> {
          if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
            request.setHeader(name, String.join(",", values));
          }
        });
    return request.build();
  }
}
