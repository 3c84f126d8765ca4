package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.local.Options.BadOptions;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Signing keys through the API: both kinds, changed while grants are out.
@Tag("R30")
@TestMethodOrder(MethodOrderer.Random.class)
class KeysTest {
  private static final String POLICY =
      """
      {"clients": [
        {"id": "console", "audiences": ["stile"], "host": "localhost",
         "grant_signing_alg": "RS256", "roles": ["arn:aws:iam::000000000000:role/STILELOCAL"]}]}
      """;
  private static final Requirement LOGIN = Grants.require("login");

  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder(POLICY);

  private static User user;
  private static Authenticator app;

  @BeforeAll
  static void enroll() {
    user = STILE.user();
    app = user.app();
  }

  private static Judgement judge(String token) {
    return Grants.verifier(STILE.api().base())
        .audience("stile")
        .clock(STILE.time())
        .build()
        .judge(token, LOGIN);
  }

  private static String introspect(String token) {
    return user.post("/oauth/introspect", "token=" + token).is(200).body();
  }

  private static JsonNode keys(String asked) {
    return STILE.api().post("/local/keys", asked).is(200).at("/keys");
  }

  private static List<String> states(String algorithm) {
    List<String> states = new ArrayList<>();
    for (JsonNode key : keys("{}")) {
      if (key.path("alg").asText().equals(algorithm)
          && !key.path("state").asText().equals("withdrawn")) {
        states.add(key.path("state").asText());
      }
    }
    return states;
  }

  private static String run(String... words) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("keys"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--port", String.valueOf(STILE.api().base().getPort())));
    var out = new ByteArrayOutputStream();
    KeysCommand.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  /// As API Gateway's own JWT authorizer does, which takes RSA only.
  @Test
  void signsWithRsaForTheClientThatAsksForIt() throws ParseException, JOSEException {
    SignedJWT grant = SignedJWT.parse(user.grant("login", app));
    JWKSet set = JWKSet.parse(STILE.api().get("/.well-known/jwks.json").is(200).body());
    assertThat(grant.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(
            grant.verify(
                new RSASSAVerifier(set.getKeyByKeyId(grant.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
    assertThat(grant.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("stepup:login");
    assertThat(set.getKeys())
        .extracting(key -> key.getAlgorithm().getName())
        .contains("ES256", "RS256");
    assertThat(judge(grant.serialize())).isInstanceOf(Judgement.Accepted.class);
    assertThat(introspect(grant.serialize())).contains("\"active\":true");
  }

  @Test
  void publishesASuccessorThatSignsADayLater() throws IOException, InterruptedException {
    String before = Tokens.header(user.grant("login", app)).path("kid").asText();
    assertThat(run("rotate")).contains("published  RS256", "used       RS256  " + before);
    assertThat(run("rotate")).isEqualTo(run());
    String still = user.grant("login", app);
    assertThat(Tokens.header(still).path("kid").asText()).isEqualTo(before);
    STILE.time().advance(Duration.ofHours(24));
    user.signIn();
    String after = user.grant("login", app);
    assertThat(Tokens.header(after).path("kid").asText()).isNotEqualTo(before);
    assertThat(judge(after)).isInstanceOf(Judgement.Accepted.class);
    assertThat(states("RS256")).contains("retired", "used");
  }

  @Test
  void takesNoGrantOfAWithdrawnKey() throws IOException, InterruptedException {
    String grant = user.grant("login", app);
    String kid = Tokens.header(grant).path("kid").asText();
    assertThat(run("withdraw", kid)).contains("withdrawn  RS256  " + kid);
    assertThat(judge(grant)).isEqualTo(new Judgement.Refused(Reason.KEY));
    STILE.time().advance(Duration.ofMinutes(1));
    assertThat(introspect(grant)).isEqualTo("{\"active\":false}");
    String next = user.grant("login", app);
    assertThat(judge(next)).isInstanceOf(Judgement.Accepted.class);
    assertThat(run("withdraw", kid)).isEqualTo("There is no such key.\n");
  }

  @Test
  void saysWhatItWants() {
    for (List<String> words :
        List.of(List.of("keys", "x"), List.of("keys", "withdraw"), List.of("keys", "--port"))) {
      assertThatExceptionOfType(BadOptions.class)
          .isThrownBy(() -> KeysCommand.run(words, System.out));
    }
    assertThatExceptionOfType(BadOptions.class)
        .isThrownBy(() -> KeysCommand.run(List.of("keys", "--port", "1"), System.out))
        .withMessageContaining("nothing runs");
  }
}
