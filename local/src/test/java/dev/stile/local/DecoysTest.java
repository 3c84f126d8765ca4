package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.runtime.Settings;
import dev.stile.edge.JsonLog;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.local.CountingProxy.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/// A back end asks for a user with an authenticator app and for one without a factor, and cannot
/// tell which is which: not by an answer, not by a header, not by the calls that the table gets.
@Tag("R24")
class DecoysTest {
  private static final String POLICY =
      """
      {"clients": [
        {"id": "console", "audiences": ["stile"], "host": "localhost"},
        {"id": "login", "audiences": ["stile"], "host": "localhost", "issuer": "{base}/local/idp",
         "roles": ["arn:aws:iam::000000000000:role/login"], "decoy": true,
         "capabilities": ["challenge", "first_factor", "manage"]},
        {"id": "plain", "audiences": ["stile"], "host": "localhost", "issuer": "{base}/local/idp",
         "roles": ["arn:aws:iam::000000000000:role/plain"]}
      ]}
      """;

  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder(POLICY);

  private final String known = STILE.user().subject();
  private final String unknown = STILE.user().subject();
  private final Authenticator app = of("login", known).app();
  private final CountingProxy dynamo = proxy();
  private final FrontDoor door = open();
  private final Api second = new Api(door.base());

  private static User of(String role, String subject) {
    return new User(STILE, subject).by(Signer.of(role));
  }

  private static CountingProxy proxy() {
    try {
      return CountingProxy.before(STILE.server().engines().dynamo().endpoint());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The gateway of a second instance of the functions, whose calls to the table are written down.
  private FrontDoor open() {
    try {
      URI base = STILE.api().base();
      LocalKeys keys = LocalKeys.in(STILE.folder().resolve("keys"));
      var log = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
      var policy = LocalPolicy.read(STILE.folder().resolve("policy.json"), base);
      var module =
          new LocalModule(
              new Settings(base, LocalStile.TABLE),
              AwsEnvironment.of(
                  Map.of(
                      "AWS_REGION", Engines.REGION,
                      "AWS_ACCESS_KEY_ID", Engines.ACCESS_KEY_ID,
                      "AWS_SECRET_ACCESS_KEY", Engines.SECRET_ACCESS_KEY,
                      "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString())),
              LocalModule.Channels.NONE,
              keys,
              new LocalModule.Ambience(policy, STILE.time(), new JsonLog(log)));
      var traces = new Traces(STILE.time());
      var challenge = new ChallengeHandler(LocalSurroundings.of(module, traces));
      var verify = new VerifyHandler(LocalSurroundings.of(module, traces));
      var routes = new Routes().add(challenge.routes(), challenge).add(verify.routes(), verify);
      var identityProvider =
          new IdentityProvider(URI.create(base + "/local/idp"), STILE.time(), keys.first());
      var login = LocalLogin.of(module.ambience(), identityProvider);
      var gateway = new Gateway(routes, login, traces, STILE.time());
      FrontDoor opened = FrontDoor.bind(0);
      opened.open(path -> gateway::answer);
      return opened;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void warmUp() {
    second.get("/.well-known/jwks.json").is(200);
  }

  @AfterEach
  void close() {
    door.close();
    dynamo.close();
  }

  /// What a caller of the second instance sees of one request, and what the table did.
  private record Seen(Answer answer, List<String> calls) {}

  private Seen call(String method, String subject, String path, String body) {
    dynamo.now(Behaviour.FORWARDS);
    String whole = "/v1/users/" + subject + path;
    Map<String, String> headers =
        Signer.of("login")
            .headers(
                method, URI.create(second.base() + whole), body.isEmpty() ? null : body, Map.of());
    headers.remove("host");
    Answer answer = second.send(method, whole, body.isEmpty() ? null : body, headers);
    return new Seen(answer, dynamo.calls());
  }

  /// The same of both users, one after the other.
  private void alike(Function<String, Seen> request) {
    Seen real = request.apply(known);
    Seen decoy = request.apply(unknown);
    assertThat(decoy.calls()).as(real.answer().toString()).isEqualTo(real.calls()).isNotEmpty();
    assertThat(decoy.answer().status()).as("%s", decoy).isEqualTo(real.answer().status());
    assertThat(new TreeSet<>(decoy.answer().response().headers().keySet()))
        .isEqualTo(new TreeSet<>(real.answer().response().headers().keySet()));
    assertThat(shape(decoy.answer())).isEqualTo(shape(real.answer()));
    assertThat(decoy.answer().body()).hasSameSizeAs(real.answer().body());
  }

  /// Everything but what differs between two challenges of one user as well.
  private static JsonNode shape(Answer answer) {
    ObjectNode shape = answer.json().deepCopy();
    for (String member : List.of("id", "request_id", "created_at", "expires_at", "retry_at")) {
      if (shape.has(member)) {
        shape.put(member, shape.get(member).asText().replaceAll("[a-z0-9]", "x"));
      }
    }
    if (shape.get("factor") instanceof ObjectNode factor) {
      factor.put("id", factor.get("id").asText().replaceAll("[a-z0-9]", "x"));
    }
    return shape;
  }

  private String open(String subject, String action) {
    return call("POST", subject, "/challenges", Body.of("action", action)).answer().is(201).id();
  }

  @Test
  void isOpenedReadAndCanceledLikeAFactor() {
    alike(subject -> call("POST", subject, "/challenges", Body.of("action", "login")));
    alike(subject -> call("POST", subject, "/challenges", Body.of("action", "manage-factors")));
    alike(subject ->
        call("POST", subject, "/challenges", Body.of("action", "login", "acr_values", "aal2")));
    alike(subject ->
        call(
            "POST",
            subject,
            "/challenges",
            Body.of("action", "pay", "factor_types", List.of("sms"))));
    Map<String, String> ids = Map.of(known, open(known, "login"), unknown, open(unknown, "login"));
    alike(subject -> call("GET", subject, "/challenges/" + ids.get(subject), ""));
    alike(subject -> call("POST", subject, "/challenges/" + ids.get(subject) + "/resend", ""));
    alike(subject -> call("POST", subject, "/challenges/" + ids.get(subject) + "/cancel", ""));
    alike(subject ->
        call(
            "POST",
            subject,
            "/challenges/" + ids.get(subject) + "/verify",
            Body.of("code", "314159")));
  }

  @Test
  void isWrongFiveTimesAndThenDelayedLikeAFactor() {
    app.rest();
    Map<String, String> ids = Map.of(known, open(known, "login"), unknown, open(unknown, "login"));
    for (int i = 0; i < 5; i++) {
      String code = app.wrong(i);
      alike(subject ->
          call(
              "POST",
              subject,
              "/challenges/" + ids.get(subject) + "/verify",
              Body.of("code", code)));
    }
    String verify = "/verify";
    alike(subject ->
        call(
            "POST",
            subject,
            "/challenges/" + ids.get(subject) + verify,
            Body.of("code", "314159")));
    STILE.time().advance(Duration.ofSeconds(31));
    alike(subject ->
        call(
            "POST",
            subject,
            "/challenges/" + ids.get(subject) + verify,
            Body.of("code", "314159")));
    alike(subject -> call("POST", subject, "/challenges", Body.of("action", "login")));
  }

  @Test
  void isWrongInOneCallLikeAFactor() {
    String body = Body.of("action", "login", "code", app.wrong());
    alike(subject -> call("POST", subject, "/verifications", body));
    alike(subject -> call("POST", subject, "/verifications", body));
  }

  @Test
  void fillsItsPlacesLikeAFactor() {
    for (int i = 0; i < 5; i++) {
      alike(subject -> call("POST", subject, "/challenges", Body.of("action", "login")));
    }
  }

  @Test
  void isTheSameWheneverSomebodyAsks() {
    User login = of("login", unknown);
    String factor = login.ask("action", "login").is(201).text("/factor/id");
    assertThat(login.ask("action", "pay").is(201).text("/factor/id")).isEqualTo(factor);
    login.ask("action", "login", "factor_id", factor).is(201);
    String other = STILE.user().subject();
    assertThat(of("login", other).ask("action", "login").is(201).text("/factor/id"))
        .isNotEqualTo(factor);
  }

  @Test
  void isSeenNowhereElse() {
    User login = of("login", unknown);
    String factor = login.ask("action", "login").is(201).text("/factor/id");
    assertThat(login.get("/v1/factors").is(200).at("/items")).isEmpty();
    login.factor(factor).refuses(404, "not_found");
    login.patch("/v1/factors/" + factor, Body.of("label", "x")).refuses(404, "not_found");
    login.activate(factor, "123456", null).refuses(404, "not_found");
    login.remove(factor, null).refuses(404, "not_found");
    of("plain", unknown).ask("action", "login").refuses(409, "no_factor");
    User self = new User(STILE, unknown).signIn();
    self.ask("action", "login").refuses(409, "no_factor");
    self.ask("action", "login", "factor_id", factor).refuses(409, "no_factor");
    self.app();
  }

  @Test
  void givesWayToTheFirstFactor() {
    User login = of("login", unknown);
    Answer asked = login.ask("action", "login").is(201);
    Authenticator first = login.app();
    Answer now = login.ask("action", "login").is(201);
    assertThat(now.text("/factor/id")).isEqualTo(first.id());
    first.rest();
    login.verify(asked.id(), first.code()).refuses(422, "code_incorrect");
    login.verify(now.id(), first.code()).is(200);
  }

  /// Many at once make one item and one count.
  @Test
  void isMadeOnceInARace() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 12; i++) {
      threads.add(
          Thread.ofVirtual().start(() -> answers.add(of("login", unknown).ask("action", "login"))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (answers.size() != 12) {
      throw new AssertionFailedError("not all were answered");
    }
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(4);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 201)
        .extracting(answer -> answer.text("/factor/id"))
        .containsOnly(
            answers.stream()
                .filter(a -> a.status() == 201)
                .findFirst()
                .orElseThrow()
                .text("/factor/id"));
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> answer.refuses(429, "rate_limited"));
  }
}
