package dev.stile.lambda.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.edge.PolicyReader;
import dev.stile.verifier.BindingHash;
import dev.stile.verifier.testkit.ThrowawayGrant;
import dev.stile.verifier.testkit.ThrowawayIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final ThrowawayIssuer ISSUER =
      ThrowawayIssuer.create(Clock.fixed(NOW, ZoneOffset.UTC));

  private final List<Map<String, Object>> log = new ArrayList<>();
  private final AuthorizerHandler handler =
      new AuthorizerHandler(
          new AuthorizerSettings(ISSUER.verifier("payments"), policy(), log::add));

  static PolicyReader.Document policy() {
    try (InputStream in = AuthorizerTest.class.getResourceAsStream("policy.json")) {
      return PolicyReader.document(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The policy with this issuer.
  static byte[] with(String issuer) {
    try (InputStream in = AuthorizerTest.class.getResourceAsStream("policy.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replace("\"issuers\": []", "\"issuers\": [" + issuer + "]")
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ThrowawayGrant grant(String action) {
    return ISSUER.grant("payments", action);
  }

  private static String bearer(ThrowawayGrant grant) {
    return "Bearer " + grant.token();
  }

  private Answer ask(Kind kind, String method, String path, String authorization) {
    return Answer.of(handler, kind.event(method, path, authorization));
  }

  private void denied(Kind kind, String method, String path, String authorization) {
    Answer answer = ask(kind, method, path, authorization);
    assertThat(answer.passes()).isFalse();
    assertThat(answer.denies(kind)).as("%s", answer).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void letsAGrantForTheRouteThrough(Kind kind) {
    Answer answer = ask(kind, "POST", "/transfers", bearer(grant("transfer").subject("ada")));
    assertThat(answer.passes()).isTrue();
    assertThat(answer.context())
        .containsEntry("stepup", "granted")
        .containsEntry("sub", "ada")
        .containsEntry("client_id", "throwaway")
        .containsEntry("action", "transfer")
        .containsEntry("acr", "aal2")
        .containsEntry("amr", "otp")
        .containsEntry("auth_time", Long.toString(NOW.getEpochSecond()))
        .containsEntry("bnd", BindingHash.of(Map.of()).value())
        .containsKeys("jti", "txn");
  }

  @ParameterizedTest
  @EnumSource(names = "HTTP_API", mode = Mode.EXCLUDE)
  void allowsThisVeryRequestAndNoOther(Kind kind) {
    Answer answer = ask(kind, "GET", "/accounts/7", bearer(grant("read").subject("ada")));
    assertThat(answer.json()).containsEntry("principalId", "ada");
    assertThat(answer.statement())
        .isEqualTo(
            Map.of(
                "Effect",
                "Allow",
                "Action",
                "execute-api:Invoke",
                "Resource",
                "arn:aws:execute-api:eu-central-1:123456789012:abcdef123/test/GET/accounts/7"));
  }

  @ParameterizedTest
  @EnumSource
  void deniesWhatDoesNotReach(Kind kind) {
    for (ThrowawayGrant bad :
        List.of(
            grant("transfer").acr("aal1"),
            grant("transfer").acr("aal3"),
            grant("transfer").authTime(NOW.minusSeconds(241)),
            grant("read"),
            grant("transfer").binding(Map.of("amount", "1")),
            grant("transfer").issued(NOW.minusSeconds(300), Duration.ofMinutes(5)),
            ISSUER.grant("other", "transfer"),
            ThrowawayIssuer.create(Clock.fixed(NOW, ZoneOffset.UTC))
                .grant("payments", "transfer"))) {
      denied(kind, "POST", "/transfers", bearer(bad));
    }
  }

  @ParameterizedTest
  @EnumSource
  void deniesWithoutOneBearerToken(Kind kind) {
    String token = grant("transfer").token();
    for (String authorization :
        List.of(
            "",
            "Bearer",
            "Bearer ",
            token,
            "Basic " + token,
            "DPoP " + token,
            "Bearer " + token + ",Bearer " + token,
            "Bearer " + token + " " + token,
            "Bearer\t" + token,
            " Bearer " + token,
            "Bearer " + token + "\n")) {
      denied(kind, "POST", "/transfers", authorization);
    }
  }

  /// Whether the sender holds the key only a guard can say.
  @Tag("R23")
  @ParameterizedTest
  @EnumSource
  void leavesGrantsThatAreBoundToAKeyToAGuard(Kind kind) {
    String jkt = BindingHash.of(Map.of("a", "key")).value();
    String token = grant("transfer").claim("cnf", Map.of("jkt", jkt)).token();
    assertThat(ask(kind, "POST", "/guarded", "DPoP " + token).passes()).isTrue();
    denied(kind, "POST", "/transfers", "DPoP " + token);
    denied(kind, "POST", "/transfers", "Bearer " + token);
    denied(kind, "POST", "/guarded", "Bearer " + token);
    denied(kind, "POST", "/guarded", "DPoP " + token + "x");
  }

  @ParameterizedTest
  @EnumSource
  void deniesAnActionThatThePolicyDenies(Kind kind) {
    denied(kind, "POST", "/never", bearer(grant("never")));
  }

  /// With a grant that opens the route under its own name.
  @ParameterizedTest
  @MethodSource("tricks")
  void deniesOtherSpellingsOfARoute(Kind kind, String path) {
    String good = bearer(grant("transfer"));
    assertThat(ask(kind, "POST", "/transfers", good).passes()).isTrue();
    denied(kind, "POST", path, good);
  }

  static Stream<Arguments> tricks() {
    return Stream.of(Kind.values())
        .flatMap(kind ->
            Stream.of(
                    "//transfers",
                    "/transfers/",
                    "/transfers//",
                    "/Transfers",
                    "/TRANSFERS",
                    "/transfers%2F",
                    "/transfers%2f",
                    "/%74ransfers",
                    "/./transfers",
                    "/x/../transfers",
                    "/transfers/.",
                    "/transfers/..",
                    "/%2e/transfers",
                    "/%2e%2e/transfers",
                    "/transfers;a=b",
                    "/transfers%00",
                    "/transfers\u0000",
                    "/transfers\\",
                    "/transfers?x",
                    "/transfers#x",
                    "/transfers*",
                    "/*",
                    "/",
                    "/unknown",
                    "/accounts/7")
                .map(path -> Arguments.of(kind, path)));
  }

  @ParameterizedTest
  @EnumSource
  void deniesOtherMethodsOfARoute(Kind kind) {
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "ANY", "X")) {
      denied(kind, method, "/transfers", bearer(grant("transfer")));
    }
  }

  /// A wildcard or a variable of a policy in the ARN would allow more than this request.
  @ParameterizedTest
  @ValueSource(strings = {"*", "?", "${aws:userid}", "$context", "a*"})
  void deniesAnArnThatMeansMore(String id) {
    for (Kind kind : Kind.values()) {
      denied(kind, "GET", "/accounts/" + id, bearer(grant("read")));
    }
    String sound = Kind.REST_REQUEST.event("GET", "/accounts/7", bearer(grant("read")));
    String bent = sound.replace("/test/GET/accounts/7", "/test/GET/accounts/" + id);
    assertThat(Answer.of(handler, sound).passes()).isTrue();
    assertThat(Answer.of(handler, bent).denies(Kind.REST_REQUEST)).isTrue();
  }

  @Nested
  class Gateway {
    @Test
    void hasToMeanTheSameRoute() {
      String good = bearer(grant("read"));
      for (Kind kind : List.of(Kind.HTTP_API, Kind.REST_REQUEST)) {
        assertThat(routed(kind, "GET /accounts/{account}", "/accounts/{account}", good).passes())
            .isTrue();
        assertThat(routed(kind, "GET /accounts/7", "/accounts/7", good).denies(kind)).isTrue();
        assertThat(routed(kind, "GET /{a}/{b}", "/{a}/{b}", good).denies(kind)).isTrue();
        assertThat(routed(kind, "ANY /{proxy+}", "/{proxy+}", good).passes()).isTrue();
      }
    }

    private Answer routed(Kind kind, String route, String template, String authorization) {
      return Answer.of(handler, kind.routed(route, template, "GET", "/accounts/7", authorization));
    }

    @Test
    void mayPutANamedStageInFront() {
      String event =
          Kind.HTTP_API
              .event("POST", "/transfers", bearer(grant("transfer")))
              .replace("\"stage\": \"$default\"", "\"stage\": \"prod\"")
              .replace("\"rawPath\": \"/transfers\"", "\"rawPath\": \"/prod/transfers\"");
      assertThat(Answer.of(handler, event).passes()).isTrue();
      assertThat(Answer.of(handler, event.replace("prod/transfers", "prod//transfers")).passes())
          .isFalse();
    }

    @Test
    void isNotBelievedAboutOtherIdentities() {
      String good = bearer(grant("transfer"));
      String none = Kind.HTTP_API.event("POST", "/transfers", "Bearer x");
      assertThat(
              Answer.of(
                      handler,
                      none.replace(
                          "\"identitySource\": [\"Bearer x\"]",
                          "\"identitySource\": [\"" + good + "\"]"))
                  .passes())
          .isFalse();
      assertThat(
              Answer.of(handler, none.replace("\"cookie1\"", "\"authorization=" + good + "\""))
                  .passes())
          .isFalse();
    }

    @Test
    void hasOneAuthorizationHeader() {
      String good = bearer(grant("transfer"));
      String event = Kind.REST_REQUEST.event("POST", "/transfers", good);
      for (String two :
          List.of(
              event.replace(
                  "\"Authorization\": [\"" + good + "\"]",
                  "\"Authorization\": [\"" + good + "\", \"Bearer x\"]"),
              event.replace("\"Accept\": \"*/*\"", "\"authorization\": \"Bearer x\""),
              event.replace("\"Accept\": [\"*/*\"]", "\"AUTHORIZATION\": [\"Bearer x\"]"))) {
        assertThat(two).isNotEqualTo(event);
        assertThat(Answer.of(handler, two).denies(Kind.REST_REQUEST)).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "{}",
          "[]",
          "null",
          "1",
          "\"\"",
          "{\"version\":\"2.0\"}",
          "{\"version\":2.0}",
          "{\"type\":\"TOKEN\"}",
          "{\"type\":\"REQUEST\"}",
          "{\"type\":\"TOKEN\",\"methodArn\":\"arn\",\"authorizationToken\":\"Bearer x\"}",
          "{\"Records\":[]}",
          "{\"version\":\"2.0\",\"version\":\"2.0\"}",
          "{\"requestContext\":{\"http\":\"x\"}}"
        })
    void isDeniedWhateverElseItSends(String event) {
      Answer answer = Answer.of(handler, event);
      assertThat(answer.passes()).isFalse();
      for (Kind kind : Kind.values()) {
        assertThat(answer.denies(kind)).isTrue();
      }
    }

    @Test
    void isDeniedWhenAnEventIsCutAnywhere() {
      for (Kind kind : Kind.values()) {
        String whole = kind.event("POST", "/transfers", bearer(grant("transfer")));
        assertThat(Answer.of(handler, whole).passes()).isTrue();
        for (int length = 0; length < whole.stripTrailing().length(); length += 7) {
          assertThat(Answer.of(handler, whole.substring(0, length)).denies(kind)).isTrue();
        }
      }
    }
  }

  @Nested
  class TokensOfThePrimaryLogin {
    private final String primary = "Bearer " + TestTokens.primary();

    @ParameterizedTest
    @EnumSource(names = "HTTP_API", mode = Mode.EXCLUDE)
    void areDeniedOnRestWithWhatAResponseNeeds(Kind kind) {
      for (String path : List.of("/transfers", "/guarded")) {
        Answer answer = ask(kind, "POST", path, primary);
        assertThat(answer.denies(kind)).isTrue();
        assertThat(answer.context())
            .containsEntry("error", "insufficient_user_authentication")
            .containsEntry("acr_values", "aal2")
            .containsEntry("max_age", "240")
            .containsEntry("action", "transfer")
            .containsEntry(
                "www_authenticate",
                "Bearer error=\"insufficient_user_authentication\","
                    + " acr_values=\"aal2\", max_age=\"240\"");
      }
    }

    @Test
    void passOnHttpApisToRoutesWithAGuardAlone() {
      denied(Kind.HTTP_API, "POST", "/transfers", primary);
      Answer answer = ask(Kind.HTTP_API, "POST", "/guarded", primary);
      assertThat(answer.passes()).isTrue();
      assertThat(answer.context()).isEqualTo(Map.of("stepup", "needed"));
    }

    @Test
    void areLeftToTheGuardLikeGrantsThatDoNotReach() {
      for (ThrowawayGrant poor :
          List.of(
              grant("transfer").acr("aal1"),
              grant("read"),
              grant("transfer").authTime(NOW.minusSeconds(241)),
              grant("transfer").issued(NOW.minusSeconds(300), Duration.ofMinutes(5)))) {
        Answer answer = ask(Kind.HTTP_API, "POST", "/guarded", bearer(poor));
        assertThat(answer.passes()).isTrue();
        assertThat(answer.context()).isEqualTo(Map.of("stepup", "needed"));
        denied(Kind.REST_REQUEST, "POST", "/guarded", bearer(poor));
      }
    }

    @Test
    void areLeftToNobodyElse() {
      denied(Kind.HTTP_API, "POST", "/guarded", "Bearer x");
      denied(Kind.HTTP_API, "POST", "/guarded", "");
      denied(Kind.HTTP_API, "POST", "/guarded/", primary);
      denied(Kind.HTTP_API, "GET", "/guarded", primary);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsBoundGrantsThroughToAGuard(Kind kind) {
    String bound = bearer(grant("pay").binding(Map.of("amount", "1")));
    Answer answer = ask(kind, "POST", "/payments", bound);
    assertThat(answer.passes()).isTrue();
    assertThat(answer.context())
        .containsEntry("bnd", BindingHash.of(Map.of("amount", "1")).value());
  }

  @Test
  void logsTheDecisionAndNoToken() {
    ask(Kind.HTTP_API, "POST", "/transfers", bearer(grant("transfer")));
    ask(Kind.REST_REQUEST, "POST", "/transfers", "Bearer x");
    Answer.of(handler, "{");
    assertThat(log)
        .containsExactly(
            Map.of("request_id", "JKJaXmPLvHcESHA=", "decision", "Granted"),
            Map.of(
                "request_id",
                "77375676-xmpl-4b79-853a-f982474efe18",
                "decision",
                "Denied",
                "reason",
                "malformed"),
            Map.of("fault", "tools.jackson.core.exc.UnexpectedEndOfInputException"));
  }
}
