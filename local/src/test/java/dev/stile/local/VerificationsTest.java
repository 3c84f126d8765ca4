package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `POST /v1/verifications`: asked and answered in one call, under the limits of both.
class VerificationsTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  private Answer verify(String code) {
    return user.post("/v1/verifications", Body.of("action", "pay", "code", code));
  }

  @Test
  void grantsByTheCodeOfAnApp() {
    app.rest();
    Answer approved = verify(app.code()).is(200);
    assertThat(approved.text("/status")).isEqualTo("approved");
    assertThat(approved.text("/grant/acr")).isEqualTo("aal2");
    String id = approved.text("/challenge_id");
    assertThat(approved.text("/grant/txn")).isEqualTo(id);
    assertThat(user.read(id).text("/status")).isEqualTo("approved");
  }

  @Test
  void takesACodeOnce() {
    app.rest();
    String code = app.code();
    verify(code).is(200);
    verify(code).refuses(422, "code_already_used");
  }

  @Test
  void countsWrongCodesAgainstTheFactor() {
    for (int i = 0; i < 5; i++) {
      verify(app.wrong(i)).refuses(422, "code_incorrect");
    }
    verify(app.code()).refuses(423, "factor_locked");
    String challenge = user.challenge("login", app).id();
    user.verify(challenge, app.code()).refuses(423, "factor_locked");
  }

  @Test
  void needsAnApp() {
    User other = STILE.user();
    other.phone();
    other
        .post("/v1/verifications", Body.of("action", "pay", "code", "123456"))
        .refuses(409, "no_factor");
  }

  @Test
  void refusesAnActionThatThePolicyDoesNotKnow() {
    user.post("/v1/verifications", Body.of("action", "unheard-of", "code", "123456"))
        .refuses(403, "policy_denied");
  }
}
