package dev.stile.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpHandler;
import dev.stile.guard.Consumption.Outcome;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.JwksServer;
import dev.stile.verifier.VerifiedGrant;
import dev.stile.verifier.testkit.ThrowawayIssuer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConsumptionTest {
  private static final String PATH = "/v1/users/alice/grants/consume";

  private final ThrowawayIssuer issuer = ThrowawayIssuer.create();
  private final String token =
      issuer.grant("payments", "pay").binding(Map.of("amount", "1")).token();
  private final JwksServer server = new JwksServer("");
  private final AtomicReference<String> authorization = new AtomicReference<>();
  private final AtomicReference<String> body = new AtomicReference<>();

  @AfterEach
  void close() {
    server.close();
  }

  private VerifiedGrant grant() {
    return ((Accepted)
            issuer
                .verifier("payments")
                .judge(token, Grants.require("pay").binding(Map.of("amount", "1"))))
        .grant();
  }

  private Outcome consume(Duration patience) {
    var consumption =
        new HttpConsumption(
            server.issuer(),
            (request, sent) -> request.header("Authorization", "Signed " + sent.length()),
            patience);
    return consumption.consume(token, grant());
  }

  private void answers(HttpHandler answer) {
    server.serves(
        PATH,
        exchange -> {
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer.handle(exchange);
        });
  }

  @Test
  void tellsTheGrantAndWhatItIsUsedFor() throws ParseException {
    answers(JwksServer.json("{\"status\":\"consumed\",\"txn\":\"chl_1\"}"));
    assertThat(consume(Duration.ofSeconds(20))).isEqualTo(Outcome.CONSUMED);
    assertThat(JSONObjectUtils.parse(body.get()))
        .isEqualTo(
            Map.of("token", token, "action", "pay", "binding_hash", grant().binding().value()));
    assertThat(authorization).hasValue("Signed " + body.get().length());
  }

  @Test
  void namesTheUserAsTheGrantDoes() {
    String odd = issuer.grant("payments", "pay").subject("corp|a b+c/d").token();
    var grant = ((Accepted) issuer.verifier("payments").judge(odd, Grants.require("pay"))).grant();
    var path = new AtomicReference<String>();
    server.serves(
        "/v1/users/",
        exchange -> {
          path.set(exchange.getRequestURI().getRawPath());
          JwksServer.json("{\"status\":\"consumed\"}").handle(exchange);
        });
    var consumption =
        new HttpConsumption(server.issuer(), (request, sent) -> {}, Duration.ofSeconds(20));
    assertThat(consumption.consume(odd, grant)).isEqualTo(Outcome.CONSUMED);
    assertThat(path).hasValue("/v1/users/corp%7Ca%20b%2Bc%2Fd/grants/consume");
  }

  @ParameterizedTest
  @CsvSource({
    "201,UNAVAILABLE",
    "204,UNAVAILABLE",
    "302,UNAVAILABLE",
    "400,UNAVAILABLE",
    "401,UNAVAILABLE",
    "403,UNAVAILABLE",
    "404,REFUSED",
    "409,USED",
    "422,REFUSED",
    "429,UNAVAILABLE",
    "500,UNAVAILABLE",
    "503,UNAVAILABLE"
  })
  void takesNothingElseForConsumed(int status, Outcome outcome) {
    answers(JwksServer.status(status, ""));
    assertThat(consume(Duration.ofSeconds(20))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "<html></html>", "[]", "{\"status\":\"ok\"}", "{\"status\":true}"})
  void takesNoOtherPageForConsumed(String page) {
    answers(JwksServer.json(page));
    assertThat(consume(Duration.ofSeconds(20))).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void waitsForNoSlowServer() {
    List<Function<JwksServer, HttpHandler>> slow =
        List.of(JwksServer::stalling, JwksServer::dripping);
    for (Function<JwksServer, HttpHandler> answer : slow) {
      try (var other = new JwksServer("")) {
        other.serves(PATH, answer.apply(other));
        var hasty =
            new HttpConsumption(other.issuer(), (request, sent) -> {}, Duration.ofMillis(200));
        assertThat(hasty.consume(token, grant())).isEqualTo(Outcome.UNAVAILABLE);
      }
    }
  }

  @Test
  void isUnavailableWhereNobodyListens() {
    server.close();
    assertThat(consume(Duration.ofSeconds(20))).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void staysInterruptedWhenInterrupted() {
    answers(server.stalling());
    Thread.currentThread().interrupt();
    assertThat(consume(Duration.ofSeconds(20))).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
  }
}
