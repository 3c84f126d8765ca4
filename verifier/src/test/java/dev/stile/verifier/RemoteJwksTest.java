package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.KeySource.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("R30")
class RemoteJwksTest {
  private static final Forge FORGE = new Forge();
  private static final String FIRST = FORGE.ec.toPublicJWK().toJSONString();
  private static final String SECOND = FORGE.rsa.toPublicJWK().toJSONString();
  private static final int THREADS = 50;

  private final JwksServer server = new JwksServer(keys(FIRST));
  private final MutableClock clock = new MutableClock(Forge.NOW);
  private final RemoteJwks jwks = waiting(Duration.ofSeconds(20));

  @AfterEach
  void close() {
    server.close();
  }

  private RemoteJwks waiting(Duration timeout) {
    return new RemoteJwks(new JwksEndpoint(new Issuer(server.issuer()).jwks(), timeout), clock);
  }

  private static String keys(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  private void found(String kid) {
    assertThat(jwks.find(kid)).isInstanceOf(Lookup.Found.class);
  }

  private void unknown(String kid) {
    assertThat(jwks.find(kid)).isEqualTo(new Lookup.Unknown());
  }

  private void unavailable() {
    assertThat(jwks.find("ec")).isEqualTo(new Lookup.Unavailable());
  }

  private void requests(int count) {
    assertThat(server.requests).hasValue(count);
  }

  @Nested
  class Fetching {
    @Test
    void asksOnceAndRemembers() {
      requests(0);
      found("ec");
      found("ec");
      clock.advance(Duration.ofMinutes(2).minusMillis(1));
      found("ec");
      requests(1);
    }

    @Test
    void asksOnceForFiftyThreads() throws InterruptedException, ExecutionException {
      assertThat(together("ec")).hasSize(THREADS).allMatch(Lookup.Found.class::isInstance);
      requests(1);
    }

    @Test
    void asksOnceForFiftyThreadsWithAnUnknownKey() throws InterruptedException, ExecutionException {
      found("ec");
      clock.advance(Duration.ofSeconds(10));
      assertThat(together("rsa")).hasSize(THREADS).allMatch(Lookup.Unknown.class::isInstance);
      requests(2);
    }

    @Test
    void asksOnceForFiftyThreadsInAnOutage() throws InterruptedException, ExecutionException {
      server.answers(JwksServer.status(500, ""));
      assertThat(together("ec")).hasSize(THREADS).allMatch(Lookup.Unavailable.class::isInstance);
      requests(1);
    }

    /// The server answers only when all threads are about to ask.
    private List<Lookup> together(String kid) throws InterruptedException, ExecutionException {
      CountDownLatch started = new CountDownLatch(THREADS);
      HttpHandler now = server.answer();
      server.answers(exchange -> {
        JwksServer.await(started);
        now.handle(exchange);
      });
      List<Lookup> lookups = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<Lookup>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          futures.add(
              threads.submit(() -> {
                started.countDown();
                return jwks.find(kid);
              }));
        }
        for (Future<Lookup> future : futures) {
          lookups.add(future.get());
        }
      }
      return lookups;
    }

    /// While one caller waits for the issuer, the others go on with the keys they have.
    @Test
    void keepsNobodyWaitingForARefresh() throws InterruptedException, ExecutionException {
      found("ec");
      clock.advance(Duration.ofMinutes(2));
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      server.answers(exchange -> {
        asked.countDown();
        JwksServer.await(release);
        JwksServer.json(keys(FIRST)).handle(exchange);
      });
      try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
        Future<Lookup> slow = threads.submit(() -> jwks.find("ec"));
        asked.await();
        found("ec");
        assertThat(slow).isNotDone();
        release.countDown();
        assertThat(slow.get()).isInstanceOf(Lookup.Found.class);
      }
      requests(2);
    }
  }

  @Nested
  class UnknownKeys {
    @Test
    void asksAgainEveryTenSecondsAtMost() {
      found("ec");
      unknown("invented-1");
      clock.advance(Duration.ofSeconds(10).minusMillis(1));
      unknown("invented-2");
      requests(1);
      clock.advance(Duration.ofMillis(1));
      unknown("invented-3");
      unknown("invented-4");
      requests(2);
    }

    @Test
    void findsANewKey() {
      found("ec");
      server.answers(JwksServer.json(keys(FIRST, SECOND)));
      unknown("rsa");
      clock.advance(Duration.ofSeconds(10));
      found("rsa");
      found("ec");
    }

    @Test
    void areStillUnknownInAnOutage() {
      found("ec");
      server.answers(JwksServer.status(503, ""));
      clock.advance(Duration.ofSeconds(10));
      unknown("invented");
      found("ec");
    }
  }

  @Nested
  class Ageing {
    @Test
    void dropsARevokedKeyAtTheNextRefresh() {
      found("ec");
      server.answers(JwksServer.json(keys(SECOND)));
      clock.advance(Duration.ofMinutes(2));
      unknown("ec");
    }

    @Test
    void usesTheLastGoodSetForFiveMinutesAndNoLonger() {
      found("ec");
      server.answers(JwksServer.status(500, ""));
      clock.advance(Duration.ofMinutes(2));
      found("ec");
      requests(2);
      found("ec");
      requests(2);
      clock.advance(Duration.ofMinutes(3).minusMillis(1));
      found("ec");
      requests(3);
      clock.advance(Duration.ofMillis(1));
      unavailable();
      requests(3);
    }

    @Test
    void countsTheAgeFromBeforeTheRequest() {
      server.answers(exchange -> {
        clock.advance(Duration.ofMinutes(5));
        JwksServer.json(keys(FIRST)).handle(exchange);
      });
      unavailable();
    }

    @Test
    void recoversTenSecondsAfterAFailure() {
      server.answers(JwksServer.status(500, ""));
      unavailable();
      server.answers(JwksServer.json(keys(FIRST)));
      clock.advance(Duration.ofSeconds(10).minusMillis(1));
      unavailable();
      requests(1);
      clock.advance(Duration.ofMillis(1));
      found("ec");
      requests(2);
    }

    @Test
    void countsThePauseFromTheStartOfTheRequest() {
      server.answers(exchange -> {
        clock.advance(Duration.ofSeconds(3));
        JwksServer.status(500, "").handle(exchange);
      });
      unavailable();
      clock.advance(Duration.ofSeconds(7));
      unavailable();
      requests(2);
    }

    @Test
    void trustsNoSetFromTheFutureOfAClockSetBack() {
      found("ec");
      server.answers(JwksServer.status(500, ""));
      clock.advance(Duration.ofHours(-1));
      unavailable();
      requests(2);
    }
  }

  @Nested
  class Lying {
    static final List<Arguments> LIES =
        List.of(
            Arguments.of("not found", JwksServer.status(404, keys(FIRST))),
            Arguments.of("created", JwksServer.status(201, keys(FIRST))),
            Arguments.of("no content", JwksServer.status(204, "")),
            Arguments.of("server error", JwksServer.status(500, keys(FIRST))),
            Arguments.of("redirect", JwksServer.redirect("/elsewhere")),
            Arguments.of("empty", JwksServer.json("")),
            Arguments.of("an empty set", JwksServer.json(keys())),
            Arguments.of("a sign-in page", JwksServer.json("<html></html>")),
            Arguments.of("cut", JwksServer.json("{\"keys\":[" + FIRST)),
            Arguments.of("private keys only", JwksServer.json(keys(FORGE.ec.toJSONString()))),
            Arguments.of("nested", JwksServer.json("[".repeat(30_000))),
            Arguments.of("too large", JwksServer.json(keys(FIRST) + " ".repeat(64 * 1024))),
            Arguments.of("endless", JwksServer.endless()));

    @ParameterizedTest(name = "{0}")
    @FieldSource("LIES")
    void yieldsNoKeysAndKeepsTheGoodOnes(String name, HttpHandler lie) {
      server.serves("/elsewhere", JwksServer.json(keys(FIRST)));
      server.answers(lie);
      unavailable();
      server.answers(JwksServer.json(keys(FIRST)));
      clock.advance(Duration.ofSeconds(10));
      found("ec");
      server.answers(lie);
      clock.advance(Duration.ofMinutes(2));
      found("ec");
      clock.advance(Duration.ofMinutes(3));
      unavailable();
    }

    @Test
    void takesASetOfTheFullSize() {
      String set = keys(FIRST);
      server.answers(JwksServer.json(set + " ".repeat(JsonDocument.MAX_BODY_BYTES - set.length())));
      found("ec");
    }

    @Test
    void waitsForNoSlowServer() {
      RemoteJwks hasty = waiting(Duration.ofMillis(100));
      server.answers(server.stalling());
      assertThat(hasty.find("ec")).isEqualTo(new Lookup.Unavailable());
      clock.advance(Duration.ofSeconds(10));
      server.answers(server.dripping());
      assertThat(hasty.find("ec")).isEqualTo(new Lookup.Unavailable());
      requests(2);
    }

    @Test
    void survivesAServerThatIsGone() {
      server.close();
      unavailable();
    }

    @Test
    void staysInterruptedWhenInterrupted() {
      Thread.currentThread().interrupt();
      unavailable();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void servesAVerifier() {
    GrantVerifier verifier =
        Grants.verifier(server.issuer())
            .audience("payments")
            .clock(Clock.offset(clock, Duration.ZERO))
            .build();
    requests(0);
    String token = FORGE.with("iss", "\"" + server.issuer() + "\"");
    assertThat(verifier.judge(token, Forge.TRANSFER)).isInstanceOf(Accepted.class);
    assertThat(verifier.judge(FORGE.genuine(), Forge.TRANSFER))
        .isEqualTo(new Judgement.Refused(Judgement.Reason.ISSUER));
    requests(1);
  }
}
