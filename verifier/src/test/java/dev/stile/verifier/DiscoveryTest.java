package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpHandler;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.TokenJudgement.Accepted;
import dev.stile.verifier.TokenJudgement.Outage;
import dev.stile.verifier.TokenJudgement.Refused;
import dev.stile.verifier.TokenJudgement.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// What an access token's verifier makes of a provider that is down, slow, broken or lying.
@Tag("R32")
class DiscoveryTest {
  private static final Forge KEYS = new Forge();
  private static final String PATH = "/.well-known/openid-configuration";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JwksServer server = new JwksServer(KEYS.published());
  private final Forge forge = KEYS.named(server.issuer());
  private final MutableClock clock = new MutableClock(Forge.NOW);
  private final AccessTokenVerifier verifier = waiting(PATIENCE);
  private volatile HttpHandler document;

  @BeforeEach
  void publish() {
    document = metadata(server.issuer().toString(), server.issuer() + JwksServer.PATH);
    server.serves(PATH, exchange -> document.handle(exchange));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private AccessTokenVerifier waiting(Duration timeout) {
    var issuer = LoginIssuer.of(server.issuer(), Set.of("payments", "other"));
    return AccessTokenVerifier.of(List.of(issuer), clock, timeout);
  }

  private static HttpHandler metadata(String issuer, String keys) {
    return JwksServer.json("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}");
  }

  private String token() {
    return forge.withHeader("typ", "\"at+jwt\"");
  }

  private void unavailable(Outage why) {
    assertThat(verifier.judge(token())).isEqualTo(new Unavailable(why));
  }

  @Test
  void findsTheKeysByTheDocument() {
    assertThat(verifier.judge(token())).isInstanceOf(Accepted.class);
    assertThat(verifier.judge(token())).isInstanceOf(Accepted.class);
    assertThat(server.requests()).isEqualTo(1);
  }

  /// Discovery 1.0 §4.3: a document of another tenant, or of all of them, names other keys.
  @Test
  @Tag("A21")
  void believesNoDocumentAboutAnotherIssuer() {
    for (String other :
        List.of(
            server.issuer() + "/",
            "https://idp.example",
            server.issuer() + "/{tenantid}",
            server.issuer().toString().toUpperCase(Locale.ROOT))) {
      document = metadata(other, server.issuer() + JwksServer.PATH);
      unavailable(Outage.ISSUER);
      clock.advance(RemoteJwks.PAUSE);
    }
    assertThat(server.requests()).isZero();
  }

  @Test
  @Tag("A21")
  void asksNoAddressWithoutTls() {
    for (String address :
        List.of(
            "http://idp.example/keys",
            "http://10.0.0.1/keys",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            "https://user@idp.example/keys",
            "//idp.example/keys",
            "keys",
            "",
            "http://[")) {
      document = metadata(server.issuer().toString(), address);
      unavailable(Outage.JWKS_URI);
      clock.advance(RemoteJwks.PAUSE);
    }
    assertThat(server.requests()).isZero();
  }

  /// An issuer with TLS must not send us to one without.
  @Test
  void keepsToTlsOnceTheIssuerHasIt() {
    var secure = new Issuer(URI.create("https://idp.example"));
    assertThat(secure.trusted("http://localhost:8080/keys")).isEmpty();
    assertThat(secure.trusted("https://keys.example/keys")).isPresent();
  }

  static final List<Arguments> BROKEN =
      List.of(
          Arguments.of("server error", JwksServer.status(500, "{}"), Outage.UNREACHABLE),
          Arguments.of("redirect", JwksServer.redirect("/elsewhere"), Outage.UNREACHABLE),
          Arguments.of("endless", JwksServer.endless(), Outage.UNREACHABLE),
          Arguments.of("empty", JwksServer.json(""), Outage.DISCOVERY),
          Arguments.of("a page", JwksServer.json("<html></html>"), Outage.DISCOVERY),
          Arguments.of("an array", JwksServer.json("[]"), Outage.DISCOVERY),
          Arguments.of("nothing in it", JwksServer.json("{}"), Outage.ISSUER),
          Arguments.of("an issuer of no text", JwksServer.json("{\"issuer\":1}"), Outage.ISSUER));

  @ParameterizedTest(name = "{0}")
  @FieldSource("BROKEN")
  void letsNobodyInWhereTheDocumentIs(String name, HttpHandler broken, Outage why) {
    HttpHandler good = document;
    document = broken;
    unavailable(why);
    unavailable(why);
    document = good;
    clock.advance(RemoteJwks.PAUSE);
    assertThat(verifier.judge(token())).isInstanceOf(Accepted.class);
  }

  @Test
  void letsNobodyInWhereTheKeysAreBroken() {
    server.answers(JwksServer.json("{\"keys\":[]}"));
    unavailable(Outage.KEYS);
  }

  @Test
  void letsNobodyInWhereTheProviderIsSlow() {
    AccessTokenVerifier hasty = waiting(Duration.ofMillis(300));
    document = server.stalling();
    assertThat(hasty.judge(token())).isEqualTo(new Unavailable(Outage.UNREACHABLE));
    document = metadata(server.issuer().toString(), server.issuer() + JwksServer.PATH);
    server.answers(server.dripping());
    clock.advance(RemoteJwks.PAUSE);
    assertThat(hasty.judge(token())).isEqualTo(new Unavailable(Outage.KEYS));
  }

  @Test
  void letsNobodyInWhereTheProviderIsGone() {
    server.close();
    unavailable(Outage.UNREACHABLE);
  }

  /// A short outage is not seen by anyone; a long one is, since a revoked key would live on.
  @Test
  @Tag("R30")
  void goesOnWithTheKeysThatItHasForFiveMinutes() {
    assertThat(verifier.judge(token())).isInstanceOf(Accepted.class);
    document = JwksServer.status(500, "");
    clock.advance(Duration.ofMinutes(4));
    String fresh = forge.at(clock.instant()).withHeader("typ", "\"at+jwt\"");
    assertThat(verifier.judge(fresh)).isInstanceOf(Accepted.class);
    clock.advance(Duration.ofMinutes(1));
    fresh = forge.at(clock.instant()).withHeader("typ", "\"at+jwt\"");
    assertThat(verifier.judge(fresh)).isEqualTo(new Unavailable(Outage.UNREACHABLE));
  }

  @Test
  void asksOnceForAThousandTokensOfInventedKeys() {
    for (int i = 0; i < 1_000; i++) {
      String token = forge.withHeader("typ", "\"at+jwt\"");
      String invented = token.replaceFirst("^[^.]+", header("invented-" + i));
      assertThat(verifier.judge(invented)).isEqualTo(new Refused(Reason.KEY));
    }
    assertThat(server.requests()).isEqualTo(1);
  }

  private static String header(String kid) {
    return Base64URL.encode("{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}")
        .toString();
  }

  @Test
  void asksNobodyForATokenOfAStranger() {
    Forge stranger = KEYS.named(URI.create("https://idp.example"));
    assertThat(verifier.judge(stranger.withHeader("typ", "\"at+jwt\"")))
        .isEqualTo(new Refused(Reason.ISSUER));
    assertThat(verifier.judge(null)).isEqualTo(new Refused(Reason.MALFORMED));
    assertThat(server.requests()).isZero();
  }

  @Test
  void trustsNoIssuerTwiceOrForEverything() {
    var one = LoginIssuer.of(server.issuer(), Set.of("payments"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessTokenVerifier.of(List.of(one, one)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoginIssuer.of(server.issuer(), Set.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            AccessTokenVerifier.of(
                List.of(LoginIssuer.of(URI.create("http://idp.example"), Set.of("a")))));
  }
}
