package dev.stile.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Has Stile use grants up: `POST /v1/grants/consume`. Whatever goes wrong is
/// [Consumption.Outcome#UNAVAILABLE], also after Stile did it: a grant may then be lost, never used
/// twice.
public final class HttpConsumption implements Consumption {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final URI endpoint;
  private final Credentials credentials;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// `stile` is the base address of the API: `https://stile.example`.
  public HttpConsumption(URI stile, Credentials credentials) {
    this(stile, credentials, PATIENCE);
  }

  HttpConsumption(URI stile, Credentials credentials, Duration patience) {
    this.endpoint = URI.create(stile + "/v1/grants/consume");
    this.credentials = credentials;
    this.patience = patience;
  }

  /// Adds to the request what shows whose it is: a signature over the body (SigV4), or a token.
  @FunctionalInterface
  public interface Credentials {
    void addTo(HttpRequest.Builder request, String body);
  }

  @Override
  public Outcome consume(String token, VerifiedGrant grant) {
    String body =
        JSONObjectUtils.toJSONString(
            Map.of(
                "token", token,
                "action", grant.action(),
                "binding_hash", grant.binding().value()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    credentials.addTo(request, body);
    var exchange = http.sendAsync(request.build(), BodyHandlers.discarding());
    try {
      return outcome(exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (ExecutionException | TimeoutException e) {
      return Outcome.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.UNAVAILABLE;
    } finally {
      exchange.cancel(true);
    }
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 200 -> Outcome.CONSUMED;
      case 409 -> Outcome.USED;
      default -> Outcome.UNAVAILABLE;
    };
  }
}
