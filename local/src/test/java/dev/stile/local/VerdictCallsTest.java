package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.runtime.Settings;
import dev.stile.edge.JsonLog;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.local.CountingProxy.Behaviour;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a verdict costs, and what it is while DynamoDB fails: a second instance of the function on
/// the same table, whose calls go through a proxy.
class VerdictCallsTest {
  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder();

  private final User user = STILE.user();
  private final CountingProxy dynamo = proxy();
  private final FrontDoor door = open();
  private final Api second = new Api(door.base());

  private static CountingProxy proxy() {
    try {
      return CountingProxy.before(STILE.server().engines().dynamo().endpoint());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The gateway of the second instance.
  private FrontDoor open() {
    try {
      URI base = STILE.api().base();
      LocalKeys keys = LocalKeys.in(STILE.folder().resolve("keys"));
      var log = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
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
              new LocalModule.Ambience(
                  LocalPolicy.read(null, base), STILE.time(), new JsonLog(log)));
      var traces = new Traces(STILE.time());
      var verify = new VerifyHandler(LocalSurroundings.of(module, traces));
      var identityProvider =
          new IdentityProvider(URI.create(base + "/local/idp"), STILE.time(), keys.first());
      var login = LocalLogin.of(module.ambience(), identityProvider);
      var gateway =
          new Gateway(new Routes().add(verify.routes(), verify), login, traces, STILE.time());
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

  private Answer verify(String challenge, String code) {
    return second.send(
        "POST",
        "/v1/challenges/" + challenge + "/verify",
        Body.of("code", code),
        Map.of("Authorization", "Bearer " + user.token()));
  }

  @Nested
  class AnAppsCode {
    private final Authenticator app = user.app();
    private final String challenge = user.challenge("login", app).id();

    @Test
    void takesOneReadAndOneWriteWhenRight() {
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, app.code()).is(200);
      assertThat(dynamo.calls()).containsExactly("GetItem", "UpdateItem");
    }

    @Test
    void takesTheSameWhenWrong() {
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, app.wrong()).refuses(422, "code_incorrect");
      assertThat(dynamo.calls()).containsExactly("GetItem", "UpdateItem");
    }

    @Test
    void takesTheSameWhenNoneIsJudged() {
      for (int i = 0; i < 5; i++) {
        verify(challenge, app.wrong(i)).is(422);
      }
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, app.code()).refuses(423, "factor_locked");
      assertThat(dynamo.calls()).containsExactly("GetItem", "UpdateItem");
    }

    @Tag("R32")
    @Test
    void isNeitherRightNorWrongWhileDynamoIsDown() {
      dynamo.now(Behaviour.IS_DOWN);
      Answer right = verify(challenge, app.code()).refuses(503, "unavailable");
      assertThat(right.header("Retry-After")).isPresent();
      assertThat(verify(challenge, app.wrong()).anonymous()).isEqualTo(right.anonymous());
      dynamo.now(Behaviour.FORWARDS);
      assertThat(user.read(challenge).at("/attempts_left").asInt()).isEqualTo(5);
      verify(challenge, app.code()).is(200);
    }
  }

  @Nested
  class ASentCode {
    private final Mailbox phone = user.phone();
    private final String challenge = user.challenge("login", phone).id();
    private final String code = phone.code();

    @Test
    void takesOneWriteWhenRight() {
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, code).is(200);
      assertThat(dynamo.calls()).containsExactly("UpdateItem");
    }

    @Test
    void takesTheSameWhenWrong() {
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, Mailbox.wrong(code, 0)).refuses(422, "code_incorrect");
      assertThat(dynamo.calls()).containsExactly("UpdateItem");
    }

    @Test
    void takesTheSameWhenTheChallengeIsOver() {
      verify(challenge, code).is(200);
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, code).refuses(409, "already_completed");
      assertThat(dynamo.calls()).containsExactly("UpdateItem");
    }

    @Test
    void takesNoCallWhenItIsNoCode() {
      dynamo.now(Behaviour.FORWARDS);
      verify(challenge, "12345").refuses(400, "invalid_request");
      assertThat(dynamo.calls()).isEmpty();
    }

    @Test
    void isNeitherRightNorWrongWhileDynamoIsDown() {
      dynamo.now(Behaviour.IS_DOWN);
      Answer right = verify(challenge, code).refuses(503, "unavailable");
      assertThat(right.header("Retry-After")).isPresent();
      assertThat(verify(challenge, Mailbox.wrong(code, 0)).anonymous())
          .isEqualTo(right.anonymous());
      dynamo.now(Behaviour.FORWARDS);
      assertThat(user.read(challenge).at("/attempts_left").asInt()).isEqualTo(5);
      verify(challenge, code).is(200);
    }

    @Test
    void isApprovedOnceWhereTheAnswerOfDynamoWasLost() {
      dynamo.now(Behaviour.LOSES_ONE_ANSWER);
      verify(challenge, code).is(200);
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "UpdateItem");
      verify(challenge, code).refuses(409, "already_completed");
    }

    @Test
    void isCountedOnceWhereTheAnswerOfDynamoWasLost() {
      dynamo.now(Behaviour.LOSES_ONE_ANSWER);
      Answer wrong = verify(challenge, Mailbox.wrong(code, 0)).refuses(422, "code_incorrect");
      assertThat(wrong.at("/attempts_left").asInt()).isEqualTo(4);
      assertThat(user.read(challenge).at("/attempts_left").asInt()).isEqualTo(4);
    }
  }

  @Nested
  class ARecoveryCode {
    private final Authenticator app = user.app();
    private final String code = codes();

    private String codes() {
      Map<String, String> granted = Map.of("Stile-Grant", user.grant(User.MANAGE, app));
      return user.send("POST", "/v1/recovery-codes", null, granted).is(201).text("/codes/0");
    }

    private Answer redeem(String typed) {
      return second.send(
          "POST",
          "/v1/verifications",
          Body.of("action", User.MANAGE, "recovery_code", typed),
          Map.of("Authorization", "Bearer " + user.token()));
    }

    private String wrong() {
      return code.charAt(0) == '0' ? "1" + code.substring(1) : "0" + code.substring(1);
    }

    /// The user's rate, the account with its epoch, the verdict.
    @Test
    void takesOneWriteForItsVerdictWhetherItIsRightOrWrong() {
      dynamo.now(Behaviour.FORWARDS);
      redeem(wrong()).refuses(422, "code_incorrect");
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "Query", "UpdateItem");
      dynamo.now(Behaviour.FORWARDS);
      redeem(code).is(200);
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "Query", "UpdateItem");
    }

    @Test
    void isNeitherRightNorWrongWhileDynamoIsDown() {
      dynamo.now(Behaviour.IS_DOWN);
      Answer right = redeem(code).refuses(503, "unavailable");
      assertThat(redeem(wrong()).anonymous()).isEqualTo(right.anonymous());
      dynamo.now(Behaviour.FORWARDS);
      assertThat(redeem(code).is(200).at("/recovery_codes_left").asInt()).isEqualTo(9);
    }
  }

  @Nested
  class AnAssertion {
    private final Browser browser = new Browser(user, STILE.api().base().toString());
    private final Browser.Held held = browser.register(Passkey.Model.SECURITY_KEY);
    private final Answer challenge = user.ask("action", "login").is(201);

    private Answer verify(AssertionResponse response) {
      return second.send(
          "POST",
          "/v1/challenges/" + challenge.id() + "/verify",
          Body.of("credential", PasskeyJson.members(response)),
          Map.of("Authorization", "Bearer " + user.token()));
    }

    private AssertionResponse wrong() {
      return browser.get(challenge, held, Tampering.ofText(Step.ORIGIN, origin -> origin + "/"));
    }

    @Test
    void takesThreeCallsWhenRight() {
      dynamo.now(Behaviour.FORWARDS);
      verify(browser.get(challenge, held)).is(200);
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "GetItem", "TransactWriteItems");
    }

    @Test
    void takesThreeCallsWhenWrong() {
      dynamo.now(Behaviour.FORWARDS);
      verify(wrong()).refuses(422, "assertion_invalid");
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "GetItem", "UpdateItem");
    }

    @Test
    void takesThreeCallsToMarkACredential() {
      browser.approve(user.ask("action", "login").is(201), held);
      var copy = new Browser.Held(held.id(), held.passkey().copy(0), held.handle());
      dynamo.now(Behaviour.FORWARDS);
      verify(browser.get(challenge, copy)).refuses(422, "assertion_invalid");
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "GetItem", "TransactWriteItems");
    }

    @Test
    void takesTwoCallsForACredentialThatWasNotAsked() {
      Browser other = new Browser(STILE.user(), browser.origin());
      var strange = browser.get(challenge, other.register(Passkey.Model.SECURITY_KEY));
      dynamo.now(Behaviour.FORWARDS);
      verify(strange).refuses(422, "assertion_invalid");
      assertThat(dynamo.calls()).containsExactly("UpdateItem", "UpdateItem");
    }

    @Test
    void takesOneCallWhenTheChallengeIsOver() {
      AssertionResponse response = browser.get(challenge, held);
      verify(response).is(200);
      dynamo.now(Behaviour.FORWARDS);
      verify(response).refuses(409, "already_completed");
      assertThat(dynamo.calls()).containsExactly("UpdateItem");
    }

    @Test
    @Tag("R32")
    void isNeitherRightNorWrongWhileDynamoIsDown() {
      dynamo.now(Behaviour.IS_DOWN);
      Answer right = verify(browser.get(challenge, held)).refuses(503, "unavailable");
      assertThat(verify(wrong()).anonymous()).isEqualTo(right.anonymous());
      dynamo.now(Behaviour.FORWARDS);
      verify(browser.get(challenge, held)).is(200);
    }

    @Test
    @Tag("R32")
    void isApprovedOnceWhereTheAnswerOfDynamoWasLost() {
      dynamo.now(Behaviour.LOSES_ONE_ANSWER);
      AssertionResponse response = browser.get(challenge, held);
      verify(response).is(200);
      assertThat(dynamo.calls())
          .containsExactly("UpdateItem", "UpdateItem", "GetItem", "TransactWriteItems");
      verify(response).refuses(409, "already_completed");
    }
  }

  @Test
  void takesNoCallToPublishTheKeys() {
    dynamo.now(Behaviour.FORWARDS);
    second.get("/.well-known/jwks.json").is(200);
    second.get("/.well-known/openid-configuration").is(200);
    assertThat(dynamo.calls()).isEmpty();
  }

  @Test
  void answersNothingWithoutDynamo() throws IOException {
    var alone = new RunningStile();
    alone.start(new Options(0, null, null));
    User owner = alone.user();
    Authenticator app = owner.app();
    String challenge = owner.challenge("login", app).id();
    alone.server().engines().dynamo().close();
    owner.get("/v1/factors").refuses(503, "unavailable");
    owner.ask("action", "login").refuses(503, "unavailable");
    owner.get("/v1/challenges/" + challenge).refuses(503, "unavailable");
    owner.verify(challenge, app.code()).refuses(503, "unavailable");
    alone.api().get("/.well-known/jwks.json").is(200);
    alone.server().close();
  }
}
