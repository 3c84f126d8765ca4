package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.local.Contract.Request;
import dev.stile.local.Contract.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContractTest {
  private static final String FACTOR =
      """
      {"id":"fct_0v7k2m4q8r1t3x5z7b9d","type":"totp","label":"App","status":"active","acr":"aal2",
       "preferred":true,"created_at":"2026-11-22T08:00:31Z","algorithm":"SHA1","digits":6,
       "period":30}
      """;
  private static final String CHALLENGE =
      """
      {"id":"chl_0v7k2m4q8r1t3x5z7b9d017h3k9m","status":"pending","action":"transfer",
       "factor":{"id":"fct_0v7k2m4q8r1t3x5z7b9d","type":"totp","label":"App"},"alternatives":[],
       "display":"transfer: amount 1.00 EUR","binding":{"amount":"1.00 EUR"},"attempts_left":5,
       "created_at":"2026-11-22T08:00:31Z","expires_at":"2026-11-22T08:05:31Z",
       "decision":{"acr":"aal2","reasons":["action"]}}
      """;
  private static final String RATE_LIMITED =
      """
      {"type":"https://stile.dev/problems/rate-limited","title":"Too many requests","status":429,
       "detail":"Too many requests.","code":"rate_limited","request_id":"r-1"}
      """;
  private static final String NOT_FOUND =
      """
      {"type":"https://stile.dev/problems/not-found","title":"Nothing here","status":404,
       "detail":"Nothing here.","code":"not_found","request_id":"r-1"}
      """;
  private final Contract contract = new Contract(ApiDescription.ofCheckout());

  @Nested
  class Accepts {
    @Test
    void aListOfFactors() {
      accept(get("/v1/factors"), json(200, "{\"items\":[" + FACTOR + "]}"));
    }

    @Test
    void aFactorCreatedWithoutOptions() {
      String enrollment =
          FACTOR
              .replace("\"active\"", "\"pending\"")
              .replace(
                  "\"period\":30",
                  """
                  "period":30,"expires_at":"2026-11-22T08:10:31Z",
                  "secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                   "otpauth_uri":"otpauth://totp/a?secret=A",
                  "qr_svg":"<svg/>"
                  """);
      accept(post("/v1/factors", "{\"type\":\"totp\"}"), json(201, enrollment));
    }

    @Test
    void aChallengeWithABinding() {
      accept(
          post(
              "/v1/challenges",
              "{\"action\":\"transfer\",\"binding\":{\"amount\":\"1.00 EUR\"},\"expires_in\":60}"),
          json(201, CHALLENGE));
    }

    @Test
    void aRemovalWithoutABody() {
      accept(
          new Request("DELETE", "/v1/factors/fct_0v7k2m4q8r1t3x5z7b9d", null),
          new Response(204, Map.of(), ""));
    }

    @Test
    void aBadRequestThatWasRefused() {
      accept(
          post("/v1/challenges", "{\"unknown\":1}"),
          problem(
              400,
              """
              {"type":"https://stile.dev/problems/invalid-request","title":"Invalid","status":400,
               "code":"invalid_request","request_id":"r-1","pointer":"/unknown"}
              """));
    }

    @Test
    void headersInAnyCaseAndContentTypesWithACharset() {
      accept(
          get("/v1/factors"),
          new Response(
              429,
              Map.of(
                  "content-type", List.of("application/problem+json; charset=utf-8"),
                  "retry-after", List.of("30")),
              RATE_LIMITED));
    }

    @Test
    void aProblemWithStatus404ForAPathThatIsNotDescribed() {
      accept(get("/v1/nothing"), problem(404, NOT_FOUND));
    }
  }

  @Nested
  class Refuses {
    @Test
    void anUnknownPath() {
      refuse(get("/v1/users"), json(200, "{}"), "the path is not described");
    }

    @Test
    void anUnknownMethod() {
      refuse(
          new Request("PUT", "/v1/factors", "{}"), json(200, "{}"), "the method is not described");
    }

    @Test
    void anUnknownPathThatIsAnsweredWithoutAProblem() {
      refuse(get("/v1/users"), json(404, "{}"), "the answer is no problem");
    }

    @Test
    void anUndescribedStatus() {
      refuse(get("/v1/factors"), json(202, "{}"), "the status is not described");
    }

    @Test
    void aWrongContentType() {
      refuse(
          get("/v1/factors"),
          new Response(200, Map.of("Content-Type", List.of("text/html")), "{\"items\":[]}"),
          "text/html");
    }

    @Test
    void aProblemSentAsPlainJson() {
      refuse(get("/v1/factors"), json(429, RATE_LIMITED), "application/problem+json");
    }

    @Test
    void aMissingMember() {
      refuse(
          get("/v1/factors/fct_0v7k2m4q8r1t3x5z7b9d"),
          json(200, FACTOR.replace("\"label\":\"App\",", "")),
          "label");
    }

    @Test
    void anUndescribedMember() {
      refuse(
          get("/v1/factors/fct_0v7k2m4q8r1t3x5z7b9d"),
          json(200, FACTOR.replace("\"digits\":6", "\"digits\":6,\"seed\":\"AAAA\"")),
          "seed");
    }

    @Test
    void aMemberThatASiblingTypeHas() {
      refuse(
          get("/v1/factors"),
          json(200, "{\"items\":[" + FACTOR.replace("\"totp\"", "\"sms\"") + "]}"),
          "/items/0");
    }

    @Test
    void aTimeWithFractions() {
      refuse(
          get("/v1/factors/fct_0v7k2m4q8r1t3x5z7b9d"),
          json(200, FACTOR.replace("08:00:31Z", "08:00:31.5Z")),
          "/created_at");
    }

    @Test
    void aCodeThatTheStatusDoesNotHave() {
      refuse(
          get("/v1/factors"),
          new Response(
              429,
              Map.of(
                  "Content-Type", List.of("application/problem+json"),
                  "Retry-After", List.of("30")),
              RATE_LIMITED.replace("rate_limited", "slow_down")),
          "/code");
    }

    @Test
    void a429WithoutRetryAfter() {
      refuse(get("/v1/factors"), problem(429, RATE_LIMITED), "header Retry-After is missing");
    }

    @Test
    void aRetryAfterThatIsNoNumber() {
      refuse(
          get("/v1/factors"),
          new Response(
              429,
              Map.of(
                  "Content-Type", List.of("application/problem+json"),
                  "Retry-After", List.of("soon")),
              RATE_LIMITED),
          "header Retry-After");
    }

    @Test
    void aBadRequestThatSucceeded() {
      refuse(
          post("/v1/challenges", "{\"action\":\"transfer\",\"phone\":\"+41791234567\"}"),
          json(201, CHALLENGE),
          "request body");
    }

    @Test
    void aFactorAndKindsOfFactorTogether() {
      refuse(
          post(
              "/v1/challenges",
              "{\"action\":\"pay\",\"factor_id\":\"fct_0v7k2m4q8r1t3x5z7b9d\","
                  + "\"factor_types\":[\"sms\"]}"),
          json(201, CHALLENGE),
          "request body");
    }

    @Test
    void aDuplicateMemberThatSucceeded() {
      refuse(
          post("/v1/challenges", "{\"action\":\"pay\",\"action\":\"transfer\"}"),
          json(201, CHALLENGE),
          "Duplicate");
    }

    @Test
    void aMalformedIdThatSucceeded() {
      refuse(get("/v1/factors/1"), json(200, FACTOR), "path parameter factor_id");
    }

    @Test
    void aBodyWhereNoneIsDescribed() {
      refuse(
          post("/v1/challenges/chl_0v7k2m4q8r1t3x5z7b9d017h3k9m/cancel", "{}"),
          json(200, CHALLENGE),
          "no request body is described");
    }

    @Test
    void anAnswerThatIsNoJson() {
      refuse(get("/v1/factors"), json(200, "{\"items\":["), "not JSON");
    }
  }

  private void accept(Request request, Response response) {
    assertThatCode(() -> contract.check(request, response)).doesNotThrowAnyException();
  }

  private void refuse(Request request, Response response, String finding) {
    assertThatThrownBy(() -> contract.check(request, response))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(request.method() + " " + request.path())
        .hasMessageContaining(finding);
  }

  private static Request get(String path) {
    return new Request("GET", path, null);
  }

  private static Request post(String path, @Nullable String body) {
    return new Request("POST", path, body);
  }

  private static Response json(int status, String body) {
    return new Response(status, Map.of("Content-Type", List.of("application/json")), body);
  }

  private static Response problem(int status, String body) {
    return new Response(status, Map.of("Content-Type", List.of("application/problem+json")), body);
  }
}
