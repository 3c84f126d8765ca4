package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A client that lost the answer of a verify asks again with its `Idempotency-Key`.
class RepeatedVerdictTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  private Answer verify(User by, String challenge, String code, String key) {
    return verifyAsIs(by, challenge, Body.of("code", code), key);
  }

  private static Answer verifyAsIs(User by, String challenge, String body, String key) {
    String path = "/v1/challenges/" + challenge + "/verify";
    return by.send("POST", path, body, Map.of("Idempotency-Key", key));
  }

  private static JsonNode claims(Answer approved) {
    String claims = approved.grant().split("\\.", -1)[1];
    return Body.read(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
  }

  @Test
  void isToldTheSameGrantAgain() {
    String challenge = user.challenge("login", app).id();
    String code = app.code();
    Answer first = verify(user, challenge, code, "k-1").is(200);
    STILE.time().advance(Duration.ofSeconds(40));
    Answer again = verify(user, challenge, code, "k-1").is(200);
    assertThat(claims(again)).isEqualTo(claims(first));
    verify(user, challenge, code, "k-2").refuses(409, "already_completed");
    user.verify(challenge, code).refuses(409, "already_completed");
    verify(user, challenge, app.wrong(), "k-1").refuses(409, "idempotency_mismatch");
    STILE.time().advance(Duration.ofSeconds(21));
    verify(user, challenge, code, "k-1").refuses(409, "already_completed");
  }

  @Test
  void isToldTheSameOfASentCode() {
    Mailbox phone = user.phoneBesides(app);
    String challenge = user.challenge("login", phone).id();
    String code = phone.code();
    Answer first = verify(user, challenge, code, "k").is(200);
    assertThat(claims(verify(user, challenge, code, "k").is(200))).isEqualTo(claims(first));
  }

  @Test
  void isToldTheSameOfAPasskey() {
    var browser = new Browser(STILE.user(), STILE.api().base().toString());
    Browser.Held held = browser.register(Passkey.Model.SECURITY_KEY);
    Answer challenge = browser.user().ask("action", "login").is(201);
    String credential = Body.of("credential", PasskeyJson.members(browser.get(challenge, held)));
    Answer first = verifyAsIs(browser.user(), challenge.id(), credential, "k").is(200);
    Answer again = verifyAsIs(browser.user(), challenge.id(), credential, "k").is(200);
    assertThat(claims(again)).isEqualTo(claims(first));
    assertThat(again.text("/receipt")).isNotEmpty();
    String other = Body.of("credential", PasskeyJson.members(browser.get(challenge, held)));
    verifyAsIs(browser.user(), challenge.id(), other, "k").refuses(409, "idempotency_mismatch");
    verifyAsIs(browser.user(), challenge.id(), credential, "k-2").refuses(409, "already_completed");
  }

  @Test
  void isToldTheSameOfAWrongPasskey() {
    var browser = new Browser(STILE.user(), STILE.api().base().toString());
    Browser.Held held = browser.register(Passkey.Model.SECURITY_KEY);
    Answer challenge = browser.user().ask("action", "login").is(201);
    AssertionResponse wrong =
        browser.get(challenge, held, Tampering.ofText(Step.ORIGIN, origin -> origin + "/"));
    String credential = Body.of("credential", PasskeyJson.members(wrong));
    for (int i = 0; i < 2; i++) {
      verifyAsIs(browser.user(), challenge.id(), credential, "k").refuses(422, "assertion_invalid");
    }
  }

  /// What was captured elsewhere is of no use to whoever is not the principal.
  @Test
  void isUnknownToAnotherSession() {
    String challenge = user.challenge("login", app).id();
    String code = app.code();
    verify(user, challenge, code, "k").is(200);
    verify(new User(STILE, user.subject()).signIn(), challenge, code, "k")
        .refuses(404, "not_found");
  }

  @Test
  void countsAWrongCodeOnce() {
    String challenge = user.challenge("login", app).id();
    for (int i = 0; i < 3; i++) {
      Answer wrong = verify(user, challenge, app.wrong(), "k").refuses(422, "code_incorrect");
      assertThat(wrong.at("/attempts_left").asInt()).isEqualTo(4);
    }
    verify(user, challenge, app.code(), "k-2").is(200);
  }

  @Test
  void takesNoKeyThatIsNone() {
    String challenge = user.challenge("login", app).id();
    verify(user, challenge, app.code(), "a b").refuses(400, "invalid_request");
    verify(user, challenge, app.code(), "k".repeat(256)).refuses(400, "invalid_request");
  }
}
