package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.testing.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  private final Lines lines = new Lines();
  private final HttpEdge edge = new HttpEdge(Clock.fixed(NOW, ZoneOffset.UTC), lines.log);

  @Nested
  class WithAnAnswer {
    @Test
    void passesItOn() {
      var answer = answer("jwt", request -> Response.of(201, Map.of("a", request.route())));
      assertThat(answer.getStatusCode()).isEqualTo(201);
      assertThat(answer.getHeaders()).containsEntry("content-type", "application/json");
      assertThat(answer.getBody()).isEqualTo("{\"a\":\"POST /v1/challenges/{id}/verify\"}");
    }

    @Test
    void writesOneLine() {
      answer("jwt", request -> Response.of(200, Map.of()));
      JsonObject line = lines.only();
      assertThat(line.text("time")).isEqualTo("2026-07-01T12:00:00Z");
      assertThat(line.text("request_id")).isEqualTo("JKJaXmPLvHcESHA=");
      assertThat(line.text("trace_id")).isEqualTo("Root=1-6868f0c1-5f84a3e92c1d4b0a7e6f5d31");
      assertThat(line.text("route")).isEqualTo("POST /v1/challenges/{id}/verify");
      assertThat(line.wholeNumber("status")).contains(200);
      assertThat(line.wholeNumber("ms").orElseThrow()).isNotNegative();
      assertThat(line.text("operation")).isEqualTo("POST /v1/challenges/{id}/verify");
      assertThat(line.text("status_class")).isEqualTo("2xx");
      assertThat(line.wholeNumber("requests")).contains(1);
      assertThat(line.object("_aws")).isPresent();
      line.noMore();
    }

    @Tag("R27")
    @Test
    void writesNothingOfWhoAsksAndWhat() {
      for (String event : new String[] {"jwt", "cookies-and-query", "unicode"}) {
        answer(event, request -> Response.of(200, Map.of("secret", "hunter2")));
      }
      assertThat(lines.all()).hasSize(3);
      assertThat(lines.text())
          .doesNotContain(
              "ann",
              "auth0",
              "203.0.113.7",
              "012345",
              "Bearer",
              "eyJ",
              "hunter2",
              "Jürg",
              "s-1",
              "s_fid",
              "chl_a",
              "Mozilla");
    }
  }

  @Nested
  class WithAProblem {
    @Test
    void answersItAsProblemJson() {
      var problem =
          Problem.of(ProblemCode.CODE_INCORRECT, "That is not it.").with("attempts_left", 3);
      JsonObject body = problem(problem);
      assertThat(body.text("type")).isEqualTo("https://stile.dev/problems/code-incorrect");
      assertThat(body.text("title")).isEqualTo("The code is not right");
      assertThat(body.wholeNumber("status")).contains(422);
      assertThat(body.text("detail")).isEqualTo("That is not it.");
      assertThat(body.text("code")).isEqualTo("code_incorrect");
      assertThat(body.text("request_id")).isEqualTo("JKJaXmPLvHcESHA=");
      assertThat(body.wholeNumber("attempts_left")).contains(3);
      body.noMore();
      assertThat(lines.only().text("code")).isEqualTo("code_incorrect");
    }

    @ParameterizedTest
    @EnumSource
    void givesEachCodeItsStatusTypeAndMediaType(ProblemCode code) {
      var answer = answer("jwt", thrower(Problem.of(code)));
      assertThat(answer.getStatusCode()).isEqualTo(code.status()).isBetween(400, 599);
      assertThat(answer.getHeaders())
          .containsEntry("content-type", "application/problem+json")
          .containsEntry("cache-control", "no-store");
      assertThat(code.type())
          .matches("https://stile\\.dev/problems/[a-z-]+")
          .endsWith(code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      assertThat(lines.only().wholeNumber("status")).contains(code.status());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2", "30000, 30", "-5000, 1", "0, 1"})
    void tellsWhenToComeBackInWholeSeconds(long millis, String seconds) {
      Problem locked = Problem.of(ProblemCode.FACTOR_LOCKED).retryAt(NOW.plusMillis(millis));
      var answer = answer("jwt", thrower(locked));
      assertThat(answer.getHeaders()).containsEntry("retry-after", seconds);
      assertThat(body(answer).has("retry_at")).isTrue();
    }

    @Test
    void tellsNoMomentForWhatNeverEnds() {
      Problem disabled = Problem.of(ProblemCode.FACTOR_LOCKED).retryAt(Instant.MAX);
      var answer = answer("jwt", thrower(disabled));
      assertThat(answer.getHeaders()).doesNotContainKey("retry-after");
      assertThat(body(answer).has("retry_at")).isFalse();
    }

    @Test
    void tellsHowToGetIn() {
      assertThat(answer("jwt", thrower(Problem.of(ProblemCode.UNAUTHENTICATED))).getHeaders())
          .containsEntry("www-authenticate", "Bearer");
      Problem stronger =
          Problem.of(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION)
              .with("max_age", 300L)
              .with("acr_values", "aal1 aal2")
              .with("action", "manage-factors");
      assertThat(answer("jwt", thrower(stronger)).getHeaders())
          .containsEntry(
              "www-authenticate",
              "Bearer error=\"insufficient_user_authentication\", acr_values=\"aal1 aal2\","
                  + " max_age=\"300\"");
      assertThat(answer("jwt", thrower(Problem.of(ProblemCode.NOT_FOUND))).getHeaders())
          .doesNotContainKey("www-authenticate");
    }

    @Test
    void pointsToWhatIsWrongInTheBody() {
      JsonObject body = problem(Problem.invalid("/binding/a~1b", "No."));
      assertThat(body.text("pointer")).isEqualTo("/binding/a~1b");
      assertThat(body.text("code")).isEqualTo("invalid_request");
    }

    /// What came back in an answer once could not be written, and the gateway said 502.
    @ParameterizedTest
    @ValueSource(strings = {"{\"\\ud800\":1}", "{\"a\":\"\\udc00\"}", "{\"x\\u0000\\r\\n\":1}"})
    void canBeWrittenWhateverTheBodyHeld(String text) {
      var answer =
          answer(
              "jwt",
              request -> {
                Json.object(text.getBytes(StandardCharsets.UTF_8)).noMore();
                return Response.none();
              });
      assertThat(answer.getStatusCode()).isEqualTo(400);
      assertThat(lines.all()).hasSize(1);
    }

    private JsonObject problem(Problem problem) {
      return body(answer("jwt", thrower(problem)));
    }
  }

  @Nested
  class WithAFault {
    @Test
    void answersThatItCannotAnswerNow() {
      var answer =
          answer(
              "jwt",
              request -> {
                throw new IllegalStateException("hunter2 at ann@example.org");
              });
      assertThat(answer.getStatusCode()).isEqualTo(503);
      assertThat(answer.getHeaders())
          .containsEntry("content-type", "application/problem+json")
          .containsEntry("retry-after", "1");
      JsonObject body = body(answer);
      assertThat(body.text("code")).isEqualTo("unavailable");
      assertThat(answer.getBody()).doesNotContain("hunter2", "IllegalState", "ann@");
    }

    @Test
    void writesTypesAndPlacesButNoMessages() {
      answer(
          "jwt",
          request -> {
            var cause = new UncheckedIOException(new IOException("012345\nsecond line"));
            throw new IllegalStateException(request.body().text("code"), cause);
          });
      JsonObject line = lines.only();
      assertThat(line.text("code")).isEqualTo("unavailable");
      assertThat(line.texts("fault").orElseThrow())
          .contains(
              "java.lang.IllegalStateException",
              "java.io.UncheckedIOException",
              "java.io.IOException")
          .anySatisfy(frame -> assertThat(frame).contains("HttpEdgeTest"));
      assertThat(lines.text()).doesNotContain("012345", "second line", "ann");
    }

    @Test
    void staysShortForDeepFaults() {
      answer(
          "jwt",
          request -> {
            RuntimeException fault = new IllegalStateException("0");
            for (int i = 0; i < 100; i++) {
              fault = new IllegalStateException("deeper", fault);
            }
            throw fault;
          });
      assertThat(lines.only().texts("fault").map(java.util.List::size).orElseThrow())
          .isLessThanOrEqualTo(28);
    }
  }

  /// What a line measures; that it is well-formed is held where the whole runs.
  @Nested
  class Measures {
    private static final String VERIFY = "POST /v1/challenges/{challenge_id}/verify";
    private static final String CHALLENGE =
        ChallengeId.random(Samples.IDS, FactorKind.SMS, FactorId.random(Samples.IDS), 1).text();

    private JsonObject line(String route, Function<Request, Response> answer) {
      String event =
          JsonText.of(
              Map.of(
                  "routeKey", route,
                  "pathParameters", Map.of("challenge_id", CHALLENGE),
                  "requestContext", Map.of("requestId", "r")));
      answer(event.getBytes(StandardCharsets.UTF_8), answer);
      return lines.only();
    }

    @Test
    void aVerdictByKindAndOutcome() {
      JsonObject line = line(VERIFY, request -> Response.of(200, Map.of()));
      assertThat(line.wholeNumber("verdicts")).contains(1);
      assertThat(line.text("factor")).isEqualTo("sms");
      assertThat(line.text("outcome")).isEqualTo("verified");
    }

    @Test
    void aWrongCodeAsItsCode() {
      JsonObject line = line(VERIFY, thrower(Problem.of(ProblemCode.CODE_INCORRECT)));
      assertThat(line.wholeNumber("verdicts")).contains(1);
      assertThat(line.text("outcome")).isEqualTo("code_incorrect");
      assertThat(line.has("limited")).isFalse();
    }

    @Test
    void theSameOperationAtBothDoors() {
      JsonObject line =
          line(
              "POST /v1/users/{user_id}/challenges/{challenge_id}/verify",
              thrower(Problem.of(ProblemCode.FACTOR_LOCKED)));
      assertThat(line.text("operation")).isEqualTo(VERIFY);
      assertThat(line.wholeNumber("limited")).contains(1);
      assertThat(line.text("outcome")).isEqualTo("factor_locked");
    }

    @Test
    void noVerdictWhereNoneWasAskedFor() {
      assertThat(line(VERIFY, thrower(Problem.of(ProblemCode.NOT_FOUND))).has("verdicts"))
          .isFalse();
    }

    @Test
    void activationsApart() {
      JsonObject line =
          line("POST /v1/factors/{factor_id}/activate", request -> Response.of(200, Map.of()));
      assertThat(line.wholeNumber("activations")).contains(1);
      assertThat(line.has("verdicts")).isFalse();
    }

    @Test
    void aFaultByItsDependency() {
      JsonObject line =
          line(
              VERIFY,
              request -> {
                throw new IllegalStateException("no client is near");
              });
      assertThat(line.wholeNumber("faults")).contains(1);
      assertThat(line.text("dependency")).isEqualTo("stile");
      assertThat(line.text("outcome")).isEqualTo("unavailable");
    }

    @Test
    void aFaultOfAClientWhereverItStandsInTheTrace() {
      var fault = new IllegalStateException("outer");
      var cause = new IllegalStateException("inner");
      StackTraceElement[] frames = new StackTraceElement[20];
      Arrays.fill(frames, new StackTraceElement("software.amazon.awssdk.core.A", "b", "A.java", 1));
      frames[19] =
          new StackTraceElement(
              "software.amazon.awssdk.services.dynamodb.DefaultDynamoDbClient", "c", "D.java", 2);
      cause.setStackTrace(frames);
      fault.initCause(cause);
      assertThat(Faults.dependency(fault)).isEqualTo("dynamodb");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Root=1\r\n{\"forged\":true}",
        "Root=1\n2026 forged",
        "Root=1\u2028forged\u0085forged",
        "\",\"forged\":\"true"
      })
  void writesOneLineWhateverTheTraceHeaderHolds(String header) {
    String event =
        JsonText.of(
            Map.of(
                "routeKey", "GET /\r\nforged",
                "headers", Map.of("x-amzn-trace-id", header),
                "requestContext", Map.of("requestId", "a\r\nb")));
    answer(event.getBytes(StandardCharsets.UTF_8), request -> Response.of(200, Map.of()));
    JsonObject line = lines.only();
    assertThat(line.has("forged")).isFalse();
    assertThat(line.text("trace_id")).matches("[A-Za-z0-9=;:.-]*");
  }

  @Test
  void cutsALongTraceHeader() {
    assertThat(Trace.clean("a".repeat(1_000))).hasSize(128);
    assertThat(Trace.clean("")).isEmpty();
  }

  @Test
  void countsTheRequestsInLines() {
    for (int i = 0; i < 10; i++) {
      int status = i;
      answer(
          "jwt",
          request -> {
            if (status % 3 == 1) {
              throw Problem.of(ProblemCode.NOT_FOUND).asException();
            }
            if (status % 3 == 2) {
              throw new IllegalStateException("fault");
            }
            return Response.none();
          });
    }
    assertThat(lines.all())
        .hasSize(10)
        .allSatisfy(line -> assertThat(line).startsWith("{\"time\""));
  }

  private static Function<Request, Response> thrower(Problem problem) {
    return request -> {
      throw problem.asException();
    };
  }

  private APIGatewayV2HTTPResponse answer(String event, Function<Request, Response> route) {
    return answer(Events.recorded(event), route);
  }

  private APIGatewayV2HTTPResponse answer(byte[] event, Function<Request, Response> route) {
    var out = new ByteArrayOutputStream();
    try {
      edge.answer(new ByteArrayInputStream(event), out, route);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var loader = HttpEdgeTest.class.getClassLoader();
    return LambdaEventSerializers.serializerFor(APIGatewayV2HTTPResponse.class, loader)
        .fromJson(out.toString(StandardCharsets.UTF_8));
  }

  private static JsonObject body(APIGatewayV2HTTPResponse answer) {
    return Optional.of(answer.getBody().getBytes(StandardCharsets.UTF_8))
        .map(Json::object)
        .orElseThrow();
  }
}
