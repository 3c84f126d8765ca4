package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
    return by.send(
        "POST",
        "/v1/challenges/" + challenge + "/verify",
        Body.of("code", code),
        Map.of("Idempotency-Key", key));
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
