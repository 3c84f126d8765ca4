package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.edge.PolicyReader.Document;
import dev.stile.verifier.ProofForge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Paying in the sample shop, behind the authorizer and the guard.
class ShopTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  private static final String PAYMENTS = "/demo/payments";
  private static final String PAYMENT = payment("49.90 EUR", "Corner Bookshop");

  private static final List<String> OTHER_PATHS =
      List.of(
          "//demo/payments",
          "/demo//payments",
          "/demo/payments/",
          "/demo/payments//",
          "/Demo/payments",
          "/demo/PAYMENTS",
          "/demo%2Fpayments",
          "/demo%2fpayments",
          "/demo/%70ayments",
          "/./demo/payments",
          "/demo/./payments",
          "/x/../demo/payments",
          "/demo/payments/.",
          "/demo/payments/..",
          "/%2e/demo/payments",
          "/%2e%2e/demo/payments",
          "/demo/payments;a=b",
          "/demo/payments%00",
          "/demo/payments%20",
          "/demo\\payments",
          "/demo/payments.json");
  private static final List<String> OTHER_METHODS =
      List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post");

  private static User user;
  private static Authenticator app;

  @BeforeAll
  static void enroll() {
    user = STILE.user();
    app = user.app();
  }

  private static String payment(String amount, String payee) {
    return Body.of("amount", amount, "payee", payee);
  }

  private static Answer pay(String token, String body) {
    return STILE.api().send("POST", PAYMENTS, body, Map.of("Authorization", "Bearer " + token));
  }

  /// A grant for what the 401 of the shop asks for.
  private static String grant(Answer asked) {
    app.rest();
    Answer challenge =
        user.post(
                URI.create(asked.text("/challenge_uri")).getPath(),
                Body.of("action", asked.text("/action"), "binding", asked.at("/binding")))
            .is(201);
    assertThat(challenge.text("/display")).contains("49.90 EUR", "Corner Bookshop");
    return user.verify(challenge.id(), app.code()).is(200).grant();
  }

  private static String grant() {
    return grant(pay(user.token(), PAYMENT).is(401));
  }

  private static void needsAStepUp(Answer answer) {
    answer.is(401);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.code()).isEqualTo("insufficient_user_authentication");
    assertThat(answer.header("WWW-Authenticate"))
        .contains("Bearer error=\"insufficient_user_authentication\"");
  }

  @Test
  void paysOnceAfterAStepUp() {
    Answer asked = pay(user.token(), PAYMENT);
    needsAStepUp(asked);
    String grant = grant(asked);
    Answer paid = pay(grant, PAYMENT).is(200);
    assertThat(paid.text("/status")).isEqualTo("paid");
    assertThat(paid.text("/amount")).isEqualTo("49.90 EUR");
    assertThat(paid.text("/payee")).isEqualTo("Corner Bookshop");
    assertThat(paid.text("/paid_by")).isEqualTo(user.subject());

    Answer again = pay(grant, PAYMENT).is(409);
    assertThat(again.code()).isEqualTo("grant_consumed");
  }

  @Test
  void refusesAChangedPayment() {
    String grant = grant();
    needsAStepUp(pay(grant, payment("4990 EUR", "Corner Bookshop")));
    needsAStepUp(pay(grant, payment("49.90 EUR", "Corner Bookshop ")));
    needsAStepUp(pay(grant, payment("Corner Bookshop", "49.90 EUR")));
    pay(grant, Body.of("amount", "49.90 EUR")).refuses(400, "invalid_request");
    pay(grant, Body.of("amount", "49.90 EUR", "payee", "Corner Bookshop", "tip", "9"))
        .refuses(400, "invalid_request");
    pay(grant, PAYMENT).is(200);
  }

  @Test
  void refusesAGrantForSomethingElse() {
    needsAStepUp(pay(user.grant("login", app), PAYMENT));
    needsAStepUp(pay(user.grant("pay", app), PAYMENT));
  }

  @Test
  void refusesAGrantOfTheWrongAudience() {
    app.rest();
    Answer challenge =
        user.ask(
                "action", "pay",
                "audience", "payments",
                "binding", Map.of("amount", "49.90 EUR", "payee", "Corner Bookshop"))
            .is(201);
    String grant = user.verify(challenge.id(), app.code()).is(200).grant();
    pay(grant, PAYMENT).refuses(403, "policy_denied");
  }

  @Test
  void asksForAStepUpOnceAGrantHasExpired() {
    String grant = grant();
    STILE.time().advance(Duration.ofMinutes(5));
    needsAStepUp(pay(grant, PAYMENT));
  }

  @Test
  void deniesForgedGrants() {
    String grant = grant();
    pay(Tokens.tampered(grant), PAYMENT).refuses(403, "policy_denied");
    pay(Tokens.forged(grant, claims -> {}), PAYMENT).refuses(403, "policy_denied");
    pay("x", PAYMENT).refuses(403, "policy_denied");
    STILE.api().post(PAYMENTS, PAYMENT).refuses(401, "unauthenticated");
    pay(grant, PAYMENT).is(200);
  }

  @Test
  void paysOneOfTwentyAtOnce() throws InterruptedException, ExecutionException {
    String grant = grant();
    Callable<Integer> pay = () -> pay(grant, PAYMENT).status();
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : threads.invokeAll(Collections.nCopies(20, pay))) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
  }

  @Nested
  @Tag("R23")
  class WithAKeyOfTheClient {
    private final ProofForge client = ProofForge.ec();
    private final ProofForge thief = ProofForge.ec();
    private final Answer asked = pay(user.token(), PAYMENT).is(401);

    private String challenge() {
      app.rest();
      return user.post(
              "/v1/challenges",
              Body.of("action", asked.text("/action"), "binding", asked.at("/binding")))
          .is(201)
          .id();
    }

    private static String path(String challenge) {
      return "/v1/challenges/" + challenge + "/verify";
    }

    private String proof(ProofForge by, String path, @Nullable String token) {
      return by.proof("POST", STILE.api().base() + path, STILE.time().instant(), token);
    }

    private Answer verify(String challenge, String code, String proof) {
      return user.send(
          "POST",
          path(challenge),
          Body.of("code", code),
          Map.of("DPoP", proof, "Idempotency-Key", "k"));
    }

    private Answer show(String scheme, String grant, String proof) {
      Map<String, String> headers = new HashMap<>(Map.of("Authorization", scheme + " " + grant));
      if (!proof.isEmpty()) {
        headers.put("DPoP", proof);
      }
      return STILE.api().send("POST", PAYMENTS, PAYMENT, headers);
    }

    @Test
    void paysOnceAndOnlyForWhoHoldsIt() {
      String challenge = challenge();
      String grant =
          verify(challenge, app.code(), proof(client, path(challenge), null)).is(200).grant();
      assertThat(Tokens.claims(grant).at("/cnf/jkt").asText()).isEqualTo(client.thumbprint());
      Answer active = user.post("/oauth/introspect", "token=" + grant).is(200);
      assertThat(active.text("/cnf/jkt")).isEqualTo(client.thumbprint());

      String proof = proof(client, PAYMENTS, grant);
      show("Bearer", grant, proof).refuses(403, "policy_denied");
      assertThat(show("DPoP", grant, "").is(401).code()).isEqualTo("invalid_dpop_proof");
      assertThat(show("DPoP", grant, proof(thief, PAYMENTS, grant)).is(401).code())
          .isEqualTo("invalid_dpop_proof");
      assertThat(show("DPoP", grant, proof(client, "/demo/refunds", grant)).is(401).code())
          .isEqualTo("invalid_dpop_proof");
      assertThat(show("DPoP", grant, proof).is(200).text("/status")).isEqualTo("paid");
      assertThat(show("DPoP", grant, proof).is(401).code()).isEqualTo("invalid_dpop_proof");
      assertThat(show("DPoP", grant, proof(client, PAYMENTS, grant)).is(409).code())
          .isEqualTo("grant_consumed");
    }

    @Test
    void spendsNothingOnAProofThatIsNotGood() {
      String challenge = challenge();
      String code = app.code();
      for (String bad : List.of("x", proof(client, path("chl_x"), null), user.token())) {
        verify(challenge, code, bad).refuses(400, "invalid_request");
      }
      assertThat(user.read(challenge).at("/attempts_left").asInt()).isEqualTo(5);
      String proof = proof(client, path(challenge), null);
      verify(challenge, code, proof).is(200);
      verify(challenge, code, proof).refuses(400, "invalid_request");
    }

    /// Whoever captured the request has its code and its key, and not the client's.
    @Test
    void tellsALostVerdictAgainForTheSameKeyAlone() {
      String challenge = challenge();
      String code = app.code();
      Answer first = verify(challenge, code, proof(client, path(challenge), null)).is(200);
      verify(challenge, code, proof(thief, path(challenge), null))
          .refuses(409, "idempotency_mismatch");
      Answer again = verify(challenge, code, proof(client, path(challenge), null)).is(200);
      assertThat(Tokens.claims(again.grant())).isEqualTo(Tokens.claims(first.grant()));
    }

    /// Stile itself takes it, from the user's own session alone.
    @Test
    void leavesTheGrantForManagingFactorsToItsSession() {
      app.rest();
      String challenge = user.ask("action", User.MANAGE).is(201).id();
      String grant =
          verify(challenge, app.code(), proof(client, path(challenge), null)).is(200).grant();
      assertThat(Tokens.claims(grant).has("cnf")).isFalse();
      user.enroll(grant, "type", "totp").is(201);
    }
  }

  /// With a token of the login, and with a grant that opens the right path in the end.
  @Test
  void isReachedByNoOtherSpellingOfItsPath() throws IOException {
    String grant = grant();
    for (String path : OTHER_PATHS) {
      assertThat(raw("POST", path, user.token())).as(path).isIn(400, 404);
      assertThat(raw("POST", path, grant)).as(path).isIn(400, 404);
    }
    for (String method : OTHER_METHODS) {
      assertThat(raw(method, PAYMENTS, grant)).as(method).isIn(400, 404);
    }
    assertThat(raw("POST", PAYMENTS, grant)).isEqualTo(200);
  }

  /// A gateway that lets everything through to the service, and to no other function.
  @Test
  void isClosedByItsGuardAloneWhateverThePath() throws IOException {
    URI base = STILE.api().base();
    var service = LocalShop.beside(base, document(base), STILE.time(), line -> {}).service();
    List<String> all = new ArrayList<>(OTHER_PATHS);
    all.add(PAYMENTS);
    for (String path : all) {
      for (String token : List.of("", user.token(), user.grant("login", app))) {
        assertThat(direct(service, path, token)).as(path).isEqualTo(401);
      }
    }
    assertThat(direct(service, PAYMENTS, grant())).isEqualTo(200);
  }

  private static Supplier<Document> document(URI base) {
    Document document = LocalPolicy.document(null, base);
    return () -> document;
  }

  private static int direct(Shop service, String path, String token) throws IOException {
    String event =
        Body.of(
            "version",
            "2.0",
            "routeKey",
            "$default",
            "rawPath",
            path,
            "headers",
            Map.of("authorization", token.isEmpty() ? "" : "Bearer " + token),
            "requestContext",
            Map.of("requestId", "r"),
            "body",
            PAYMENT,
            "isBase64Encoded",
            false);
    var out = new ByteArrayOutputStream();
    service.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new LocalContext("shop", "r"));
    return Body.read(out.toString(StandardCharsets.UTF_8)).at("/statusCode").asInt();
  }

  /// What the clients of Java would tidy up or refuse to send.
  private static int raw(String method, String path, String token) throws IOException {
    URI base = STILE.api().base();
    String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + base.getPort()
            + "\r\nConnection: close\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + PAYMENT.length()
            + "\r\n\r\n"
            + PAYMENT;
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }
}
