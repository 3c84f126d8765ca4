package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as nobody should send them: each gets a problem, none an inch.
class RequestsTest {
  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder();

  private final User user = STILE.user();

  private Answer challenge(String body) {
    return user.post("/v1/challenges", body);
  }

  private Answer enroll(String body) {
    return user.post("/v1/factors", body);
  }

  @Tag("R25")
  @Nested
  class ABody {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "/v1/factors|{\"type\":\"totp\",\"x\":1}|/x",
          "/v1/factors|{\"type\":\"totp\",\"phone\":\"+41791234567\"}|/phone",
          "/v1/factors|{\"type\":\"sms\",\"phone\":\"+41791234567\",\"email\":\"a@b.example\"}"
              + "|/email",
          "/v1/challenges|{\"action\":\"login\",\"phone\":\"+41791234567\"}|/phone",
          "/v1/challenges|{\"action\":\"login\",\"to\":\"+41791234567\"}|/to",
          "/v1/challenges|{\"action\":\"login\",\"email\":\"a@b.example\"}|/email",
          "/v1/challenges|{\"action\":\"login\",\"user_id\":\"ada\"}|/user_id",
          "/v1/challenges|{\"action\":\"login\",\"sub\":\"ada\"}|/sub",
          "/v1/challenges|{\"action\":\"login\",\"a~/b\":1}|/a~0~1b"
        })
    void withAnUnknownMemberIsRefusedAtThatMember(String path, String body, String pointer) {
      assertThat(user.post(path, body).refuses(400, "invalid_request").text("/pointer"))
          .isEqualTo(pointer);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"action\":\"login\",\"action\":\"login\"}",
          "{\"action\":\"login\",\"\\u0061ction\":\"pay\"}",
          "{\"action\":\"login\",\"binding\":{\"to\":\"a\",\"to\":\"b\"}}"
        })
    void withADuplicateMemberIsRefused(String body) {
      challenge(body).refuses(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "{",
          "{}}",
          "{\"action\":\"login\"} x",
          "{\"action\":\"login\"}{}",
          "[{\"action\":\"login\"}]",
          "\"login\"",
          "null",
          "NaN",
          "{action:\"login\"}",
          "{'action':'login'}",
          "{\"action\":\"login\",}",
          "{\"action\":\"login\"/**/}",
          "{\"action\":\"lo\ngin\"}",
          "{\"action\":\"\\ud800\"}",
          "{\"action\":\"login\",\"expires_in\":0x60}",
          "{\"action\":\"login\",\"expires_in\":1e999999999}",
          "\uFEFF{\"action\":\"login\"}"
        })
    void thatIsNotOneJsonObjectIsRefused(String body) {
      challenge(body).refuses(400, "invalid_request");
    }

    @Test
    void thatIsTooDeepIsRefused() {
      challenge("{\"action\":" + "[".repeat(40) + "]".repeat(40) + "}")
          .refuses(400, "invalid_request");
      challenge("[".repeat(8000) + "]".repeat(8000)).refuses(400, "invalid_request");
    }

    @Test
    void ofSixteenKibibytesIsReadAndOneByteMoreRefused() {
      user.app();
      String start = "{\"action\":\"login\"";
      String fitting = start + " ".repeat(16 * 1024 - start.length() - 1) + "}";
      assertThat(challenge(fitting).is(201).text("/status")).isEqualTo("pending");
      challenge(" " + fitting).refuses(400, "invalid_request");
      challenge(" ".repeat(2_000_000) + fitting).refuses(400, "invalid_request");
    }

    @Test
    void thatIsNotUtf8IsRefused() {
      byte[] latin1 =
          "{\"action\":\"login\",\"locale\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
      byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
      for (byte[] body : List.of(latin1, overlong)) {
        STILE
            .api()
            .sendBytes(
                "POST", "/v1/challenges", body, Map.of("Authorization", "Bearer " + user.token()))
            .refuses(400, "invalid_request");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|/action",
          "{\"action\":1}|/action",
          "{\"action\":null}|/action",
          "{\"action\":[\"login\"]}|/action",
          "{\"action\":\"login\",\"binding\":\"to Ada\"}|/binding",
          "{\"action\":\"login\",\"binding\":{\"to\":1}}|/binding/to",
          "{\"action\":\"login\",\"binding\":{\"to\":{}}}|/binding/to",
          "{\"action\":\"login\",\"binding\":null}|/binding",
          "{\"action\":\"login\",\"factor_id\":1}|/factor_id",
          "{\"action\":\"login\",\"factor_id\":\"x\"}|/factor_id",
          "{\"action\":\"login\",\"factor_types\":\"totp\"}|/factor_types",
          "{\"action\":\"login\",\"factor_types\":[\"fax\"]}|/factor_types",
          "{\"action\":\"login\",\"factor_types\":[1]}|/factor_types",
          "{\"action\":\"login\",\"acr_values\":[\"aal2\"]}|/acr_values",
          "{\"action\":\"login\",\"max_age\":\"300\"}|/max_age",
          "{\"action\":\"login\",\"max_age\":-1}|/max_age",
          "{\"action\":\"login\",\"max_age\":1.5}|/max_age",
          "{\"action\":\"login\",\"expires_in\":59}|/expires_in",
          "{\"action\":\"login\",\"expires_in\":601}|/expires_in",
          "{\"action\":\"login\",\"expires_in\":99999999999}|/expires_in",
          "{\"action\":\"login\",\"locale\":\"no tag\"}|/locale",
          "{\"action\":\"login\",\"audience\":1}|/audience"
        })
    void withAWrongTypeIsRefusedAtThatMember(String body, String pointer) {
      assertThat(challenge(body).refuses(400, "invalid_request").text("/pointer"))
          .isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|/type",
          "{\"type\":\"fax\"}|/type",
          "{\"type\":\"TOTP\"}|/type",
          "{\"type\":\"totp\",\"digits\":7}|/digits",
          "{\"type\":\"totp\",\"digits\":\"6\"}|/digits",
          "{\"type\":\"totp\",\"period\":15}|/period",
          "{\"type\":\"totp\",\"algorithm\":\"MD5\"}|/algorithm",
          "{\"type\":\"totp\",\"algorithm\":\"sha1\"}|/algorithm",
          "{\"type\":\"totp\",\"label\":\"\"}|/label",
          "{\"type\":\"totp\",\"label\":\"a\\u202eb\"}|/label",
          "{\"type\":\"totp\",\"label\":\"a\\nb\"}|/label",
          "{\"type\":\"sms\"}|/phone",
          "{\"type\":\"sms\",\"phone\":\"0791234567\"}|/phone",
          "{\"type\":\"sms\",\"phone\":\"+41 79 123 45 67\"}|/phone",
          "{\"type\":\"sms\",\"phone\":\"+417912345\"}|/phone",
          "{\"type\":\"sms\",\"phone\":41791234567}|/phone",
          "{\"type\":\"email\"}|/email",
          "{\"type\":\"email\",\"email\":\"ada\"}|/email",
          "{\"type\":\"email\",\"email\":\"ada@a.example,eve@b.example\"}|/email",
          "{\"type\":\"email\",\"email\":\"ada@a.example\\r\\nBcc: eve@b.example\"}|/email"
        })
    void ofAnEnrollmentIsRefusedAtTheMemberThatIsWrong(String body, String pointer) {
      assertThat(enroll(body).refuses(400, "invalid_request").text("/pointer")).isEqualTo(pointer);
    }

    @Test
    void isRefusedWhereNoneIsTaken() {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      for (String operation : List.of("resend", "cancel")) {
        user.post("/v1/challenges/" + id + "/" + operation, "{}").refuses(400, "invalid_request");
      }
      assertThat(user.read(id).text("/status")).isEqualTo("pending");
    }

    @Test
    void cannotNameAFactorAndKinds() {
      Authenticator app = user.app();
      user.ask("action", "login", "factor_id", app.id(), "factor_types", List.of("totp"))
          .refuses(400, "invalid_request");
    }

    @Test
    void isNeverQuotedInTheProblem() {
      String canary = "canary-in-the-body";
      for (String body :
          List.of(
              "{\"action\":\"login\",\"expires_in\":\"" + canary + "\"}",
              "{\"action\":\"" + canary + "\"}",
              "{\"action\":\"login\",\"audience\":\"" + canary + "\"}",
              "{\"action\":\"login\" " + canary + "}")) {
        assertThat(challenge(body).body()).doesNotContain(canary);
      }
    }
  }

  @Nested
  class ABinding {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "http://evil.example",
          "evil.example",
          "see evil.example now",
          "a\u202eb",
          "a\u200bb",
          "a\u0000b",
          "a\nb",
          "a@b.example",
          "<b>",
          "a\\b",
          "\u3164",
          "evil\u3002example"
        })
    void refusesWhatCouldDeceive(String value) {
      user.app();
      assertThat(
              user.ask("action", "login", "binding", Map.of("to", value))
                  .refuses(400, "invalid_request")
                  .text("/pointer"))
          .startsWith("/binding");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "250.00 EUR",
          "Ada Lovelace",
          "Zoë 🚀",
          "№ 5 – “x”",
          "CH93 0076 2011 6238 5295 7"
        })
    void takesWhatPeopleWrite(String value) {
      user.app();
      Answer challenge = user.ask("action", "login", "binding", Map.of("to", value)).is(201);
      assertThat(challenge.text("/binding/to")).isEqualTo(value);
      assertThat(challenge.text("/display")).contains(value);
    }

    @Test
    void hasAtMostSixteenMembers() {
      user.app();
      Map<String, String> binding = new TreeMap<>();
      for (char name = 'a'; name < 'a' + 16; name++) {
        binding.put(String.valueOf(name), "1");
      }
      user.ask("action", "login", "binding", binding).is(201);
      binding.put("z", "1");
      user.ask("action", "login", "binding", binding).refuses(400, "invalid_request");
    }

    @Test
    void hasValuesOfAtMost128Characters() {
      user.app();
      user.ask("action", "login", "binding", Map.of("to", "a".repeat(128))).is(201);
      user.ask("action", "login", "binding", Map.of("to", "a".repeat(129)))
          .refuses(400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a.b", "ä", "a-b", "__proto__x", "to\u202e"})
    void hasPlainNames(String name) {
      user.app();
      user.ask("action", "login", "binding", Map.of(name, "1")).refuses(400, "invalid_request");
    }
  }

  @Nested
  class ThePolicy {
    @ParameterizedTest
    @ValueSource(strings = {"unknown", "LOGIN", "login ", "", "manage_factors", "login\\u0000"})
    void deniesAnUnknownAction(String action) {
      user.app();
      challenge("{\"action\":\"" + action + "\"}").refuses(403, "policy_denied");
    }

    @Test
    void deniesAnUnknownAudience() {
      user.app();
      user.ask("action", "login", "audience", "bank").refuses(403, "policy_denied");
    }

    @Test
    void deniesUnknownLevels() {
      user.app();
      user.ask("action", "login", "acr_values", "aal9").refuses(403, "policy_denied");
    }

    @Test
    void cannotBeLoweredByTheCaller() {
      Authenticator app = user.app();
      assertThat(user.ask("action", User.MANAGE, "acr_values", "aal1").is(201).text("/factor/id"))
          .isEqualTo(app.id());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "+8613800138000",
          "+79161234567",
          "+2348031234567",
          "+375291234567",
          "+998901234567"
        })
    void sendsNothingToOtherCountries(String phone) {
      user.enroll(null, "type", "sms", "phone", phone).refuses(403, "destination_blocked");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "+881612345678", "+882161234567", "+883510012345", "+979123456789", "+870773123456",
          "+41900123456", "+449098790123", "+498001234567", "+80012345678", "+41441234567"
        })
    void sendsNothingToPremiumSatelliteOrFixedNumbers(String phone) {
      user.enroll(null, "type", "sms", "phone", phone).refuses(403, "destination_blocked");
    }
  }

  @Nested
  class APath {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "//v1/factors",
          "/v1//factors",
          "/v1/factors/",
          "/V1/factors",
          "/v1/Factors",
          "/v1%2Ffactors",
          "/v1/factors%2F",
          "/v1/./factors",
          "/v1/x/../factors",
          "/%76%31/factors",
          "/v1/factors;x=1",
          "/v1/factors%00",
          "/v1",
          "/",
          "/v2/factors",
          "/x/v1/factors",
          "/.well-known/../v1/factors",
          "/.well-known/x",
          "/v1/users/ada/challenges"
        })
    void inAnotherSpellingIsNotFound(String path) {
      if (path.equals("/")) {
        user.send("POST", path, "{}", Map.of()).refuses(404, "not_found");
      } else {
        user.get(path).refuses(404, "not_found");
        STILE.api().get(path).refuses(404, "not_found");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "PUT,/v1/factors",
      "DELETE,/v1/factors",
      "PATCH,/v1/factors",
      "OPTIONS,/v1/factors",
      "TRACE,/v1/factors",
      "GET,/v1/challenges",
      "DELETE,/v1/challenges/x",
      "GET,/v1/challenges/x/verify",
      "PUT,/v1/challenges/x/verify",
      "GET,/v1/factors/x/activate",
      "POST,/.well-known/jwks.json",
      "POST,/.well-known/openid-configuration"
    })
    void takesNoOtherMethods(String method, String path) {
      Answer answer = user.send(method, path, null, Map.of());
      assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void isJudgedBeforeTheTokenIs() {
      STILE.api().get("/v1/nothing").refuses(404, "not_found");
      STILE.api().get("/v1/factors").refuses(401, "unauthenticated");
    }
  }

  @Nested
  class AToken {
    private void isRefused(String authorization) {
      STILE
          .api()
          .send("GET", "/v1/factors", null, Map.of("Authorization", authorization))
          .refuses(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "Bearer",
          "Bearer ",
          "Bearer x",
          "Bearer a.b.c",
          "Bearer ..",
          "Basic YTpi",
          "Bearer null",
          "Bearer eyJhbGciOiJub25lIn0.e30."
        })
    void thatIsNoneIsRefused(String authorization) {
      isRefused(authorization);
    }

    @Test
    void withoutTheSchemeIsRefused() {
      isRefused(user.token());
    }

    @Test
    void thatIsTamperedWithIsRefused() {
      isRefused("Bearer " + Tokens.tampered(user.token()));
    }

    @Test
    void ofAnotherKeyIsRefused() {
      isRefused("Bearer " + Tokens.forged(user.token(), claims -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "RS256", "ES384", ""})
    void ofAnotherAlgorithmIsRefused(String algorithm) {
      String signature = Tokens.signature(user.token());
      String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}";
      isRefused("Bearer " + Tokens.unsigned(user.token(), header, signature));
      isRefused("Bearer " + Tokens.unsigned(user.token(), header, ""));
    }

    @Test
    void ofAnotherIssuerIsRefused() {
      for (String issuer : List.of(STILE.api().base().toString(), "https://idp.example", "")) {
        isRefused("Bearer " + changed("iss", issuer));
      }
    }

    @Test
    void forAnotherAudienceIsRefused() {
      isRefused("Bearer " + changed("aud", "payments"));
    }

    @Test
    void withoutASubjectIsRefused() {
      isRefused("Bearer " + changed("sub", ""));
      isRefused(
          "Bearer "
              + Tokens.resigned(user.token(), STILE.folder(), claims -> claims.remove("sub")));
    }

    @Test
    void thatNeverExpiresIsRefused() {
      isRefused(
          "Bearer "
              + Tokens.resigned(user.token(), STILE.folder(), claims -> claims.remove("exp")));
    }

    @Test
    void ofAnUnknownClientIsRefused() {
      isRefused("Bearer " + changed("client_id", "unknown"));
    }

    @Test
    void isRefusedFromItsExpiryOn() {
      User other = STILE.user();
      STILE.time().advance(Duration.ofMinutes(59));
      other.get("/v1/factors").is(200);
      STILE.time().advance(Duration.ofSeconds(61));
      other.get("/v1/factors").refuses(401, "unauthenticated");
    }

    @Test
    void isNoGrantOfStileItself() {
      Authenticator app = user.app();
      isRefused("Bearer " + user.grant("login", app));
    }

    @Test
    void isReadFromItsHeaderOnly() {
      STILE.api().get("/v1/factors?access_token=" + user.token()).refuses(401, "unauthenticated");
      STILE
          .api()
          .send("GET", "/v1/factors", null, Map.of("Cookie", "access_token=" + user.token()))
          .refuses(401, "unauthenticated");
    }

    private String changed(String claim, String value) {
      return Tokens.resigned(user.token(), STILE.folder(), claims -> claims.put(claim, value));
    }
  }

  @Nested
  class AHost {
    @ParameterizedTest
    @ValueSource(
        strings = {"evil.example", "localhost", "localhost:1", "localhost.evil.example:{port}"})
    void ofAnotherNameIsNotServed(String host) throws IOException {
      assertThat(raw("GET /v1/factors", "Host: " + at(host))).contains(" 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:{port}", "127.0.0.1:{port}"})
    void ofThisMachineIsServed(String host) throws IOException {
      assertThat(raw("GET /v1/factors", "Host: " + at(host))).contains(" 401 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://evil.example",
          "null",
          "http://localhost",
          "https://localhost:{port}",
          "http://localhost:{port}.evil.example"
        })
    void isNotServedToPagesOfAnotherOrigin(String origin) throws IOException {
      for (String path : List.of("GET /v1/factors", "GET /local/inbox", "GET /")) {
        assertThat(raw(path, "Host: " + at("localhost:{port}"), "Origin: " + at(origin)))
            .contains(" 403 ")
            .doesNotContain("Access-Control");
      }
    }

    @Test
    void isServedToItsOwnPages() throws IOException {
      assertThat(
              raw(
                  "GET /v1/factors",
                  "Host: " + at("localhost:{port}"),
                  "Origin: " + at("http://localhost:{port}")))
          .contains(" 401 ");
    }

    private String at(String text) {
      return text.replace("{port}", String.valueOf(STILE.api().base().getPort()));
    }

    /// As a browser could send it and the JDK's client would not.
    private String raw(String request, String... headers) throws IOException {
      try (var socket =
          new Socket(InetAddress.getLoopbackAddress(), STILE.api().base().getPort())) {
        String text =
            request
                + " HTTP/1.1\r\n"
                + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  @Tag("R25")
  @Nested
  class Nonsense {
    private static final int ROUNDS = 150;
    private static final List<String> SEEDS =
        List.of(
            "{\"action\":\"login\",\"binding\":{\"amount\":\"5 EUR\"},\"expires_in\":300}",
            "{\"type\":\"totp\",\"label\":\"App\",\"digits\":6,\"period\":30}",
            "{\"type\":\"sms\",\"phone\":\"+41791234567\"}",
            "{\"type\":\"email\",\"email\":\"ada@example.org\"}",
            "{\"code\":\"123456\"}",
            "{\"factor_id\":\"fct_aaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
    private static final List<String> BITS =
        List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "1e400",
            "0",
            "\\u0000",
            "\\ud800",
            "\\",
            "\u202e",
            "🚀",
            "\u0000",
            "%s",
            "'",
            "<",
            "9".repeat(40),
            "[[[[",
            "\n");

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v1/factors",
          "/v1/factors/{factor}/activate",
          "/v1/challenges",
          "/v1/challenges/{challenge}/verify",
          "/v1/challenges/{challenge}/resend",
          "/v1/challenges/{challenge}/cancel",
          "/v1/challenges/{challenge}/switch"
        })
    void neverBringsAFault(String template) {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      String path = template.replace("{factor}", app.id()).replace("{challenge}", id);
      var random = new Random(20_261_122);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] body = mutated(random);
        Answer answer =
            STILE
                .api()
                .sendBytes("POST", path, body, Map.of("Authorization", "Bearer " + user.token()));
        assertThat(answer.status())
            .as("%s", new String(body, StandardCharsets.UTF_8))
            .isBetween(200, 499);
      }
    }

    private byte[] mutated(Random random) {
      var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
      int times = random.nextInt(4);
      for (int i = 0; i < times; i++) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(6));
        text.replace(at, end, BITS.get(random.nextInt(BITS.size())));
      }
      byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(8) == 0 && body.length > 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      return body;
    }
  }

  @Test
  void neverSeesTheSameRequestIdTwice() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(user.get("/v1/nothing").text("/request_id"));
      ids.add(user.factor("x").text("/request_id"));
    }
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }
}
