package dev.stile.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
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
    var exchange = http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return outcome(exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Outcome.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.UNAVAILABLE;
    } finally {
      exchange.cancel(true);
    }
  }

  /// 404 is a grant that was revoked or has ended, 422 one for other details than the verifier saw.
  private static Outcome outcome(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case 200 -> isConsumed(response.body()) ? Outcome.CONSUMED : Outcome.UNAVAILABLE;
      case 404, 422 -> Outcome.REFUSED;
      case 409 -> Outcome.USED;
      default -> Outcome.UNAVAILABLE;
    };
  }

  /// Whatever else answers 200 in place of Stile says something else.
  private static boolean isConsumed(String body) {
    try {
      return "consumed".equals(JSONObjectUtils.parse(body).get("status"));
    } catch (ParseException e) {
      return false;
    }
  }
}
