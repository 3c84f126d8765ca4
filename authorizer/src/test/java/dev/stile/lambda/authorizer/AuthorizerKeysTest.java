package dev.stile.lambda.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.stile.verifier.Forge;
import dev.stile.verifier.Grants;
import dev.stile.verifier.JwksServer;
import dev.stile.verifier.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// What the authorizer does with the one thing that it fetches.
@Tag("R32")
class AuthorizerKeysTest {
  private static final Forge KEYS = new Forge();
  private static final int MANY = 1_000;

  private final JwksServer server = new JwksServer(KEYS.published());
  private final Forge forge = KEYS.named(server.issuer());
  private final MutableClock clock = new MutableClock(forge.now());
  private final AuthorizerHandler handler =
      new AuthorizerHandler(
          new AuthorizerSettings(
              Grants.verifier(server.issuer()).audience("payments").clock(clock).build(),
              AuthorizerTest.policy(),
              line -> {}));

  @AfterEach
  void close() {
    server.close();
  }

  private Answer ask(Kind kind, String token) {
    return Answer.of(handler, kind.event("POST", "/transfers", "Bearer " + token));
  }

  private void allDenied() {
    for (Kind kind : Kind.values()) {
      assertThat(ask(kind, forge.genuine()).denies(kind)).isTrue();
      assertThat(
              Answer.of(handler, kind.event("POST", "/guarded", "Bearer " + forge.genuine()))
                  .denies(kind))
          .isTrue();
    }
  }

  @Test
  void asksOnceForAThousandRequests() {
    String token = forge.genuine();
    for (int i = 0; i < MANY; i++) {
      assertThat(ask(Kind.HTTP_API, token).passes()).isTrue();
    }
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void asksOnceForAThousandRequestsWithInventedKeys() {
    for (int i = 0; i < MANY; i++) {
      String token = forge.withHeader("kid", "\"invented-" + i + "\"");
      assertThat(ask(Kind.REST_TOKEN, token).denies(Kind.REST_TOKEN)).isTrue();
    }
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void asksNobodyForWhatIsDeniedAnyway() {
    for (Kind kind : Kind.values()) {
      Answer.of(handler, kind.event("POST", "/unknown", "Bearer " + forge.genuine()));
      Answer.of(handler, kind.event("POST", "/transfers", "Bearer x"));
    }
    assertThat(server.requests()).isZero();
  }

  static final List<Arguments> LIES =
      List.of(
          Arguments.of("server error", JwksServer.status(500, KEYS.published())),
          Arguments.of("redirect", JwksServer.redirect("/elsewhere")),
          Arguments.of("empty", JwksServer.json("")),
          Arguments.of("an empty set", JwksServer.json("{\"keys\":[]}")),
          Arguments.of("other keys", JwksServer.json(new Forge().published())),
          Arguments.of(
              "private keys", JwksServer.json(KEYS.published().replace("}]}", ",\"d\":\"AQ\"}]}"))),
          Arguments.of("no JSON", JwksServer.json("<html></html>")),
          Arguments.of("endless", JwksServer.endless()));

  @ParameterizedTest(name = "{0}")
  @FieldSource("LIES")
  void deniesWhereTheKeysAre(String name, HttpHandler lie) {
    server.serves("/elsewhere", JwksServer.json(KEYS.published()));
    server.answers(lie);
    allDenied();
    server.answers(JwksServer.json(KEYS.published()));
    clock.advance(Duration.ofMinutes(2));
    assertThat(ask(Kind.HTTP_API, forge.genuine()).passes()).isTrue();
  }

  @Test
  void deniesWhereTheServerIsGone() {
    server.close();
    allDenied();
  }

  @Test
  void deniesWhereTheServerIsSlow() {
    server.answers(server.stalling());
    allDenied();
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void acceptsNoKeyThatWasWithdrawnFiveMinutesAgo() {
    assertThat(ask(Kind.HTTP_API, forge.genuine()).passes()).isTrue();
    server.answers(JwksServer.status(500, ""));
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    String fresh = forge.at(clock.instant()).genuine();
    assertThat(ask(Kind.HTTP_API, fresh).passes()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(ask(Kind.HTTP_API, fresh).passes()).isFalse();
  }
}
