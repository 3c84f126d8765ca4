package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tools rely on in the local mode.
class LocalSurfaceTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private static Answer post(String path, String body) {
    return STILE.api().post(path, body);
  }

  @Nested
  class AToken {
    @Test
    void isOfSomeoneWhoJustLoggedInByPassword() {
      Answer answer = post("/local/token", Body.of("sub", "ada")).is(200);
      JsonNode claims = Tokens.claims(answer.text("/access_token"));
      long now = STILE.time().instant().getEpochSecond();
      assertThat(claims.at("/iss").asText()).isEqualTo(STILE.api().base() + "/local/idp");
      assertThat(claims.at("/aud").asText()).isEqualTo("stile");
      assertThat(claims.at("/sub").asText()).isEqualTo("ada");
      assertThat(claims.at("/client_id").asText()).isEqualTo("console");
      assertThat(claims.at("/amr").toString()).isEqualTo("[\"pwd\"]");
      assertThat(claims.at("/auth_time").asLong()).isBetween(now - 5, now);
      assertThat(claims.at("/exp").asLong() - claims.at("/iat").asLong()).isEqualTo(3600);
      assertThat(claims.at("/acr").isMissingNode()).isTrue();
    }

    @Test
    void hasASessionOfItsOwnEachTime() {
      List<String> sessions =
          Stream.generate(() -> post("/local/token", Body.of("sub", "ada")).text("/access_token"))
              .limit(3)
              .map(token -> Tokens.claims(token).at("/sid").asText())
              .toList();
      assertThat(sessions).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void saysWhatIsAskedFor() {
      String body =
          Body.of(
              "sub", "ada",
              "amr", List.of("pwd", "otp"),
              "auth_time", 1_700_000_000,
              "acr", "aal1",
              "client_id", "other");
      JsonNode claims = Tokens.claims(post("/local/token", body).is(200).text("/access_token"));
      assertThat(claims.at("/amr").toString()).isEqualTo("[\"pwd\",\"otp\"]");
      assertThat(claims.at("/auth_time").asLong()).isEqualTo(1_700_000_000);
      assertThat(claims.at("/acr").asText()).isEqualTo("aal1");
      assertThat(claims.at("/client_id").asText()).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{}",
          "{\"sub\":1}",
          "{\"sub\":\"ada\",\"x\":1}",
          "{\"sub\":\"ada\",\"auth_time\":\"now\"}",
          "{\"sub\":\"ada\",\"amr\":\"pwd\"}"
        })
    void isNotGivenForABadRequest(String body) {
      post("/local/token", body).refuses(400, "invalid_request");
    }

    @Test
    void verifiesWithTheKeysOfTheIdentityProvider() {
      Answer document = STILE.api().get("/local/idp/.well-known/openid-configuration").is(200);
      assertThat(document.text("/issuer")).isEqualTo(STILE.api().base() + "/local/idp");
      URI keys = URI.create(document.text("/jwks_uri"));
      assertThat(keys.toString()).startsWith(STILE.api().base() + "/local/idp/");
      Answer jwks = STILE.api().get(keys.getPath()).is(200);
      assertThat(jwks.text("/keys/0/kty")).isEqualTo("EC");
      assertThat(jwks.at("/keys/0/d").isMissingNode()).isTrue();
    }
  }

  @Nested
  class TheInbox {
    private List<JsonNode> list(String query) {
      JsonNode list = STILE.api().get("/local/inbox" + query).is(200).json();
      return StreamSupport.stream(list.spliterator(), false).toList();
    }

    @Test
    void showsMessagesOldestFirst() {
      Mailbox phone = STILE.user().pendingPhone(null);
      JsonNode sms = phone.next();
      Mailbox email = STILE.user().pendingEmail(null);
      JsonNode mail = email.next();
      List<JsonNode> all = list("");
      assertThat(all.indexOf(sms)).isLessThan(all.indexOf(mail));
      assertThat(sms.at("/channel").asText()).isEqualTo("sms");
      assertThat(sms.at("/kind").asText()).isEqualTo("otp");
      assertThat(sms.at("/to").asText()).isEqualTo(phone.address());
      assertThat(mail.at("/channel").asText()).isEqualTo("email");
      assertThat(mail.at("/subject").asText()).isNotEmpty();
      assertThat(mail.at("/to").asText()).isEqualTo(email.address());
      assertThat(Instant.parse(mail.at("/at").asText())).isBefore(STILE.time().instant());
    }

    @Test
    void showsTheCodeAsTheFirstRunOfDigits() {
      assertThat(Mailbox.codeIn(STILE.user().pendingPhone(null).next().at("/body").asText()))
          .hasSize(6);
      assertThat(Mailbox.codeIn(STILE.user().pendingEmail(null).next().at("/body").asText()))
          .hasSize(8);
    }

    @Test
    void isFilteredByDestination() {
      Mailbox phone = STILE.user().pendingPhone(null);
      JsonNode message = phone.next();
      String encoded = phone.address().replace("+", "%2B");
      assertThat(list("?to=" + encoded)).containsExactly(message);
      assertThat(list("?to=" + phone.address())).containsExactly(message);
      assertThat(list("?to=nobody@example.org")).isEmpty();
    }

    @Test
    void isFilteredByTheMessageBefore() {
      JsonNode first = STILE.user().pendingPhone(null).next();
      JsonNode second = STILE.user().pendingPhone(null).next();
      String after = first.at("/id").asText();
      assertThat(list("?after=" + after)).contains(second).doesNotContain(first);
      assertThat(list("?after=" + second.at("/id").asText())).isEmpty();
      assertThat(list("?after=" + after + "&to=nobody@example.org")).isEmpty();
    }

    @Test
    void isStreamedAsItFills() throws IOException {
      try (var stream = open("")) {
        Mailbox phone = STILE.user().pendingPhone(null);
        JsonNode message = next(stream);
        assertThat(message.at("/to").asText()).isEqualTo(phone.address());
        assertThat(message).isEqualTo(phone.next());
      }
    }

    @Test
    void isStreamedFromWhereItBroke() throws IOException {
      JsonNode first = STILE.user().pendingPhone(null).next();
      JsonNode second = STILE.user().pendingPhone(null).next();
      try (var stream = open("Last-Event-ID: " + first.at("/id").asText() + "\r\n")) {
        assertThat(next(stream)).isEqualTo(second);
      }
    }

    /// A stream that has begun.
    private Socket open(String headers) throws IOException {
      int port = STILE.api().base().getPort();
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String request =
          "GET /local/inbox/stream HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(line(socket, "Content-type: ")).isEqualTo("text/event-stream");
      line(socket, ": open");
      return socket;
    }

    private JsonNode next(Socket stream) throws IOException {
      String data = line(stream, "data: ");
      return Body.read(data);
    }

    /// What follows the prefix in the next line that has it.
    private String line(Socket stream, String prefix) throws IOException {
      while (true) {
        var line = new StringBuilder();
        for (int c = stream.getInputStream().read();
            c != '\n';
            c = stream.getInputStream().read()) {
          assertThat(c).isNotEqualTo(-1);
          line.append((char) c);
        }
        if (line.toString().startsWith(prefix)) {
          return line.substring(prefix.length()).strip();
        }
      }
    }
  }

  @Nested
  class TheClock {
    private Instant now(String advance) {
      return post("/local/clock", Body.of("advance", advance)).is(200).moment("/now");
    }

    @Test
    void isReadWithoutMoving() {
      assertThat(Duration.between(now("PT0S"), now("PT0S"))).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void movesForward() {
      Instant before = now("PT0S");
      STILE.time().advance(Duration.ofSeconds(31));
      assertThat(Duration.between(before, now("PT0S")))
          .isBetween(Duration.ofSeconds(31), Duration.ofSeconds(41));
    }

    @Test
    void isWhatTheFunctionsGoBy() {
      Instant now = now("PT0S");
      User user = STILE.user();
      assertThat(user.pendingApp(null).enrollment().moment("/created_at"))
          .isBetween(now, now.plusSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "-PT1S", "31", "", "soon", "P1M", "PT99999999999H"})
    void neverMovesBackOrByNonsense(String advance) {
      Instant before = now("PT0S");
      post("/local/clock", Body.of("advance", advance)).refuses(400, "invalid_request");
      assertThat(now("PT0S")).isBetween(before, before.plusSeconds(10));
    }

    @Test
    void takesNothingElse() {
      post("/local/clock", "{}").refuses(400, "invalid_request");
      post("/local/clock", Body.of("advance", "PT0S", "back", true))
          .refuses(400, "invalid_request");
      STILE.api().get("/local/clock").refuses(404, "not_found");
    }
  }

  @Nested
  class TheConsole {
    @Test
    void isThePageAtTheRoot() {
      Answer page = STILE.api().get("/").is(200);
      assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body()).contains("<title>");
    }

    @Test
    void hasTheDescriptionOfTheApiAsItIsAndAsJson() {
      assertThat(STILE.api().get("/console/openapi.yaml").is(200).body())
          .startsWith("openapi: 3.1");
      Answer json = STILE.api().get("/console/openapi.json").is(200);
      assertThat(json.header("Content-Type")).contains("application/json");
      assertThat(json.json()).isEqualTo(ApiDescription.ofCheckout().root().node());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/api"})
    void mayLoadAndCallThisServerOnly(String page) {
      assertThat(STILE.api().get(page).header("Content-Security-Policy"))
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .contains("default-src 'none'")
                  .contains("script-src 'self'")
                  .contains("connect-src 'self'")
                  .contains("frame-ancestors 'none'")
                  .contains("base-uri 'none'")
                  .doesNotContain("unsafe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/api"})
    void hasNothingInLine(String page) {
      assertThat(STILE.api().get(page).is(200).body())
          .doesNotContain("<style")
          .doesNotContainPattern("<script(?![^>]*src=)")
          .doesNotContainPattern("\\son[a-z]+=")
          .doesNotContainPattern("\\sstyle=");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/console/../policy.json",
          "/console/%2e%2e/policy.json",
          "/console/policy.json",
          "/console/",
          "/console/x.js",
          "/console/../LocalStile.class"
        })
    void showsNoOtherFiles(String path) {
      STILE.api().get(path).refuses(404, "not_found");
    }
  }

  @Nested
  class TheServer {
    @Test
    void listensOnLoopbackOnly() throws IOException {
      List<Integer> ports =
          Stream.of(
                  STILE.api().base(),
                  STILE.server().engines().dynamo().endpoint(),
                  STILE.server().engines().sqs().endpoint(),
                  STILE.server().engines().capture().endpoint())
              .map(URI::getPort)
              .toList();
      List<InetAddress> addresses =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
              .toList();
      for (int port : ports) {
        for (InetAddress address : addresses) {
          assertThatThrownBy(() -> connect(address, port)).isInstanceOf(ConnectException.class);
        }
        connect(InetAddress.getLoopbackAddress(), port);
      }
    }

    private void connect(InetAddress address, int port) throws IOException {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), 2_000);
      }
    }

    @Test
    void describesItself() {
      Answer document = STILE.api().get("/.well-known/openid-configuration").is(200);
      assertThat(document.text("/issuer")).isEqualTo(STILE.api().base().toString());
      assertThat(document.body())
          .contains("stepup:login", "stepup:transfer", "stepup:pay", "stepup:manage-factors");
      assertThat(STILE.api().get("/.well-known/oauth-authorization-server").is(200).body())
          .isEqualTo(document.body());
      assertThat(document.header("Cache-Control"))
          .hasValueSatisfying(value -> assertThat(value).contains("max-age="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/local", "/local/", "/local/x", "/local/inbox/", "/local/token"})
    void hasNothingElse(String path) {
      if (path.equals("/local")) {
        STILE.user().get(path).refuses(404, "not_found");
      } else {
        STILE.api().get(path).refuses(404, "not_found");
      }
    }
  }

  @Nested
  class AFolderOfItsOwn {
    @Test
    void keepsFactorsKeysAndTheClock(@TempDir Path data) throws IOException {
      var before = new RunningStile();
      before.start(new Options(0, data, null));
      User user = before.user();
      Authenticator app = user.app();
      before.time().advance(Duration.ofDays(2));
      Instant left = before.time().instant();
      Answer keys = before.api().get("/.well-known/jwks.json");
      int port = before.api().base().getPort();
      before.server().close();

      var after = new RunningStile();
      after.start(new Options(port, data, null));
      assertThat(after.api().get("/.well-known/jwks.json").body()).isEqualTo(keys.body());
      Instant now =
          after.api().post("/local/clock", Body.of("advance", "PT0S")).is(200).moment("/now");
      assertThat(now).isBetween(left.minusSeconds(1), left.plusSeconds(60));
      User again = new User(after, user.subject()).signIn();
      assertThat(again.factor(app.id()).text("/status")).isEqualTo("active");
      String id = again.ask("action", "login").is(201).id();
      assertThat(again.verify(id, app.codeAt(now)).is(200).grant()).isNotEmpty();
      after.server().close();
    }

    @Test
    void isNotNeeded() throws IOException {
      var before = new RunningStile();
      before.start(new Options(0, null, null));
      User user = before.user();
      user.app();
      before.server().close();
      var after = new RunningStile();
      after.start(new Options(0, null, null));
      assertThat(new User(after, user.subject()).signIn().get("/v1/factors").body())
          .isEqualTo("{\"items\":[]}");
      after.server().close();
    }
  }

  @Nested
  class APolicyOfItsOwn {
    @RegisterExtension
    static final RunningStile OWN =
        RunningStile.withPolicy(
            """
            {"actions": {
              "wire": {"template": "Send {amount} to {to}", "binding_required": true,
                       "acr": "aal2", "grant_lifetime": "PT60S"},
              "never": {"deny": true},
              "mail": {"factors": ["email"]}
            }}
            """);

    private final User user = OWN.user();
    private final Authenticator app = user.app();

    @Test
    void showsItsTemplate() {
      app.rest();
      Answer challenge =
          user.ask("action", "wire", "binding", Map.of("amount", "5 EUR", "to", "Ada")).is(201);
      assertThat(challenge.text("/display")).isEqualTo("Send 5 EUR to Ada");
      Answer approval = user.verify(challenge.id(), app.code()).is(200);
      assertThat(approval.at("/grant/expires_in").asInt()).isEqualTo(60);
      assertThat(Tokens.claims(approval.grant()).at("/scope").asText()).isEqualTo("stepup:wire");
    }

    @Test
    void refusesABindingThatItsTemplateDoesNotShow() {
      user.ask("action", "wire", "binding", Map.of("amount", "5 EUR", "to", "Ada", "iban", "CH93"))
          .refuses(400, "invalid_request");
      user.ask("action", "wire", "binding", Map.of("amount", "5 EUR"))
          .refuses(400, "invalid_request");
      user.ask("action", "wire").refuses(400, "invalid_request");
    }

    @Test
    void doesNotExpandWhatUsersWrite() {
      Answer challenge =
          user.ask("action", "wire", "binding", Map.of("amount", "{to} $1", "to", "Ada")).is(201);
      assertThat(challenge.text("/display")).isEqualTo("Send {to} $1 to Ada");
    }

    @Test
    void deniesWhatItSaysIsDenied() {
      user.ask("action", "never").refuses(403, "policy_denied");
    }

    @Test
    void takesOnlyTheFactorsThatItNames() {
      user.ask("action", "mail").refuses(409, "no_factor");
    }

    @Test
    void keepsTheActionsThatAreBuiltIn() {
      user.ask("action", "login").is(201);
      assertThat(OWN.api().get("/.well-known/openid-configuration").body())
          .contains("stepup:wire", "stepup:login");
    }
  }

  @Nested
  class TheCommand {
    @TempDir Path folder;

    /// As `./stile` starts it: with the arguments that the build wrote down.
    private Process run(String... arguments) throws IOException {
      LaunchRecord.main(new String[] {folder.toString()});
      List<String> command =
          Stream.concat(
                  Stream.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "@" + folder.resolve("arguments"),
                      "-Xlog:class+load:file=" + folder.resolve("classes"),
                      "dev.stile.local.Main"),
                  Stream.of(arguments))
              .toList();
      return new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
    }

    private void fails(String message, String... arguments)
        throws IOException, InterruptedException {
      Process process = run(arguments);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String told = Files.readString(folder.resolve("stderr"));
      assertThat(process.exitValue()).as(told).isEqualTo(2);
      assertThat(told.lines()).singleElement().asString().contains(message);
      assertThat(process.inputReader().lines()).isEmpty();
    }

    @Test
    void refusesAnUnknownOption() throws IOException, InterruptedException {
      fails("--colour", "up", "--colour", "red");
    }

    @Test
    void refusesAPortThatIsNone() throws IOException, InterruptedException {
      fails("--port", "up", "--port", "http");
    }

    @Test
    void refusesAPortThatIsInUse() throws IOException, InterruptedException {
      int port = STILE.api().base().getPort();
      fails(String.valueOf(port), "up", "--port", String.valueOf(port));
    }

    @Test
    void refusesAPolicyThatIsNotThere() throws IOException, InterruptedException {
      fails("nowhere.json", "up", "--port", "0", "--policy", "nowhere.json");
    }

    @Test
    void refusesAPolicyThatIsNone() throws IOException, InterruptedException {
      Path file = folder.resolve("policy.json");
      Files.writeString(file, "{\"actions\":{\"pay\":{\"acr\":\"aal9\"}}}");
      fails("/actions/pay/acr", "up", "--port", "0", "--policy", file.toString());
    }

    @Test
    void refusesAFolderThatIsAFile() throws IOException, InterruptedException {
      Path file = folder.resolve("file");
      Files.writeString(file, "");
      fails("file", "up", "--port", "0", "--data", file.toString());
    }

    /// And serves a code without what only passkeys need: their library takes its time to load.
    @Test
    void saysWhereItIsServesAndStopsAtOnce() throws IOException, InterruptedException {
      Process process = run("up", "--port", "0");
      try (var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String ready = String.valueOf(out.readLine());
        assertThat(ready).matches("Stile is ready: http://localhost:\\d+");
        var api = new Api(URI.create(ready.replaceFirst(".*: ", "")));
        api.get("/.well-known/jwks.json").is(200);
        stepUp(api);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("classes")))
            .contains("dev.stile.lambda.verify.JudgeTotp ")
            .contains("dev.stile.lambda.verify.IssueGrant ")
            .doesNotContain("webauthn4j.", "tools.jackson.databind.");
      } finally {
        process.destroyForcibly();
      }
    }

    private static void stepUp(Api api) {
      String token = api.post("/local/token", Body.of("sub", "ada")).is(200).text("/access_token");
      Map<String, String> ada = Map.of("Authorization", "Bearer " + token);
      var app =
          new Authenticator(
              api.send("POST", "/v1/factors", Body.of("type", "totp"), ada).is(201), new Time(api));
      String factor = "/v1/factors/" + app.id() + "/activate";
      api.send("POST", factor, Body.of("code", app.code()), ada).is(200);
      app.rest();
      String challenge =
          api.send("POST", "/v1/challenges", Body.of("action", "login"), ada).is(201).id();
      String verify = "/v1/challenges/" + challenge + "/verify";
      api.send("POST", verify, Body.of("code", app.code()), ada).is(200);
    }

    @Test
    void explainsItself() throws IOException, InterruptedException {
      Process process = run("up", "--help");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(process.inputReader().lines())
          .anyMatch(line -> line.contains("--port"))
          .anyMatch(line -> line.contains("--data"))
          .anyMatch(line -> line.contains("--policy"));
    }
  }
}
