package dev.stile.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Has Stile use grants up, as a back end: `POST /v1/users/{user_id}/grants/consume`. Whatever goes
/// wrong is [Consumption.Outcome#UNAVAILABLE], also after Stile did it: a grant may then be lost,
/// never used twice.
public final class HttpConsumption implements Consumption {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final URI stile;
  private final Credentials credentials;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// `stile` is the base address of the API: `https://stile.example`. Without an answer for three
  /// seconds it cannot be said.
  public HttpConsumption(URI stile, Credentials credentials) {
    this(stile, credentials, PATIENCE);
  }

  public HttpConsumption(URI stile, Credentials credentials, Duration patience) {
    this.stile = stile;
    this.credentials = credentials;
    this.patience = patience;
  }

  /// Adds to the request what shows whose it is: a signature over it and its body (SigV4), by the
  /// role of a client in whose audiences the grant's is.
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
        HttpRequest.newBuilder(endpoint(grant))
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

  /// The user as the grant names him.
  private URI endpoint(VerifiedGrant grant) {
    String user = URLEncoder.encode(grant.subject(), StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(stile + "/v1/users/" + user + "/grants/consume");
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
