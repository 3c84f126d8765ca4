package dev.stile.aws.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stile.aws.AwsEnvironment;
import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.StepUps.Asked;
import dev.stile.signin.StepUps.Opening.Opened;
import dev.stile.signin.StepUps.Opening.Refused;
import dev.stile.signin.StepUps.Outcome.Approved;
import dev.stile.signin.StepUps.Outcome.Rejected;
import dev.stile.signin.StepUps.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a login flow makes of each answer that Stile, or whatever stands in its place, can give.
class SignedStepUpsTest {
  private static final Asked SMS = new Asked("chl_1", "sms");
  private static final String APPROVED =
      """
      {"status":"approved","grant":{"token":"x","acr":"aal2","amr":["otp","sms"],"txn":"chl_1"}}\
      """;

  private record Seen(String path, String body, String authorization) {}

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server = bound();
  private volatile int status = 200;
  private volatile String body = APPROVED;
  private volatile boolean stalls;

  private static HttpServer bound() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
            exchange.getRequestURI().getRawPath(),
            asked,
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
    if (stalls) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    server.stop(0);
  }

  private SignedStepUps stile(Duration patience) {
    var environment =
        AwsEnvironment.of(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "session"));
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new SignedStepUps(new SignedCalls(base, environment, patience), "login");
  }

  private SignedStepUps stile() {
    return stile(Duration.ofSeconds(20));
  }

  @Test
  void takesAnApprovalForWhatItSays() throws InterruptedException {
    assertThat(stile().answer("auth0|ann", SMS, "123456"))
        .isEqualTo(new Approved(new Proof("aal2", List.of("otp", "sms"), "chl_1")));
    Seen call = seen.take();
    assertThat(call.path()).isEqualTo("/v1/users/auth0%7Cann/challenges/chl_1/verify");
    assertThat(call.body()).isEqualTo("{\"code\":\"123456\"}");
    assertThat(call.authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/eu-central-1/execute-api/aws4_request")
        .contains("x-amz-security-token");
  }

  @Test
  void opensAChallengeOfTheActionAndHandsOnWhatABrowserNeeds() throws InterruptedException {
    status = 201;
    body = "{\"id\":\"chl_1\",\"factor\":{\"type\":\"webauthn\"},\"webauthn\":{\"timeout\":60000}}";
    assertThat(stile().open("ann"))
        .isEqualTo(new Opened(new Asked("chl_1", "webauthn"), Optional.of("{\"timeout\":60000}")));
    assertThat(seen.take().body()).isEqualTo("{\"action\":\"login\"}");
  }

  /// By the kind that was fixed, whatever the answer looks like.
  @Test
  void answersAPasskeyByACredentialAlone() throws InterruptedException {
    var passkey = new Asked("chl_1", "webauthn");
    stile().answer("ann", passkey, "{\"id\":\"AA\"}");
    assertThat(seen.take().body()).isEqualTo("{\"credential\":{\"id\":\"AA\"}}");
    assertThat(stile().answer("ann", passkey, "123456")).isEqualTo(new Rejected("invalid_request"));
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request",
    "404, not_found",
    "409, already_completed",
    "410, challenge_expired",
    "422, code_incorrect",
    "423, factor_locked",
    "429, too_many_attempts"
  })
  void takesEveryRefusalForANo(int refusal, String code) {
    status = refusal;
    body = "{\"code\":\"" + code + "\",\"status\":" + refusal + "}";
    assertThat(stile().answer("ann", SMS, "1")).isEqualTo(new Rejected(code));
    assertThat(stile().open("ann")).isEqualTo(new Refused(code));
  }

  /// Of a chain: more has to follow, and cannot here.
  @Test
  @Tag("A16")
  void takesNothingButAnApprovalForAYes() {
    body = "{\"status\":\"next\",\"next\":{\"token\":\"x\"}}";
    assertThat(stile().answer("ann", SMS, "1")).isEqualTo(new Rejected("next"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {}",
        "200 | {\"status\":\"approved\"}",
        "200 | {\"status\":\"approved\",\"grant\":{\"acr\":\"aal2\",\"amr\":[]}}",
        "200 | <html>",
        "302 | {\"code\":\"x\"}",
        "403 | {\"message\":\"Forbidden\"}",
        "500 | {\"code\":\"x\"}",
        "503 | {\"code\":\"unavailable\"}"
      })
  @Tag("R32")
  void saysNeitherYesNorNoWhereThereIsNoAnswer(int other, String garbage) {
    status = other;
    body = garbage;
    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> stile().answer("ann", SMS, "123456"));
  }

  /// One try: a second one would be a second guess.
  @Test
  @Tag("R32")
  void givesUpInTimeAndTriesOnce() {
    stalls = true;
    SignedStepUps hasty = stile(Duration.ofMillis(400));
    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> hasty.answer("ann", SMS, "123456"))
        .withMessage("no answer in time");
    assertThat(seen).hasSizeLessThanOrEqualTo(1);
  }
}
