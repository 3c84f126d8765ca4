package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.local.Browser.Held;
import dev.stile.testing.Race;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import dev.stile.verifier.ReceiptJudgement;
import dev.stile.verifier.Receipts;
import dev.stile.verifier.VerifiedReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Passkeys from the options to the grant, over HTTP. The upper level demands user verification of
/// them.
@Tag("R25")
class PasskeysTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withPolicy(
          """
          {"levels": [
            {"acr": "aal1", "factors": ["webauthn", "totp", "sms", "email"]},
            {"acr": "aal2", "factors": ["webauthn", "totp", "sms"], "user_verification": true}
          ]}
          """);

  private final User user = STILE.user();
  private final Browser browser = browser(user);

  private static Browser browser(User user) {
    return new Browser(user, STILE.api().base().toString());
  }

  private Authenticator besides(Held held) {
    String grant = browser.grant(User.MANAGE, held);
    return user.activated(user.pendingApp(grant), grant);
  }

  private static Passkey key() {
    return Passkey.of(Model.SECURITY_KEY);
  }

  @Nested
  @Tag("R13")
  class AnEnrollment {
    @Test
    void offersWhatABrowserTakes() {
      Answer enrollment = browser.begin(null);
      assertThat(enrollment.text("/status")).isEqualTo("pending");
      assertThat(enrollment.text("/label")).isEqualTo("Passkey");
      assertThat(enrollment.text("/webauthn/rp/id")).isEqualTo("localhost");
      assertThat(enrollment.text("/webauthn/rp/name")).isEqualTo("Stile");
      assertThat(enrollment.text("/webauthn/user/name")).isEqualTo(user.subject());
      assertThat(enrollment.at("/webauthn/pubKeyCredParams").findValuesAsText("alg"))
          .containsExactly("-7", "-8", "-257");
      assertThat(enrollment.text("/webauthn/authenticatorSelection/userVerification"))
          .isEqualTo("preferred");
      assertThat(enrollment.text("/webauthn/attestation")).isEqualTo("none");
      assertThat(enrollment.at("/webauthn/excludeCredentials")).isEmpty();
      assertThat(enrollment.text("/webauthn/challenge"))
          .hasSize(43)
          .isNotEqualTo(browser.begin(null).text("/webauthn/challenge"));
      assertThat(Browser.handle(enrollment).length()).isEqualTo(32);
    }

    @Test
    void becomesAFactorByItsCredential() {
      Held held = browser.register(Model.SYNCED);
      Answer factor = user.factor(held.id()).is(200);
      assertThat(factor.text("/status")).isEqualTo("active");
      assertThat(factor.text("/acr")).isEqualTo("aal2");
      assertThat(factor.at("/authenticator/backup_eligible").asBoolean()).isTrue();
      assertThat(factor.at("/authenticator/backed_up").asBoolean()).isTrue();
      assertThat(factor.at("/authenticator/user_verification").asBoolean()).isTrue();
      assertThat(factor.at("/authenticator/transports/0").asText()).isEqualTo("internal");
      assertThat(factor.at("/webauthn").isMissingNode()).isTrue();
    }

    @Test
    void isCalledByItsModelUnlessItsOwnerNamesIt() {
      var model =
          new Model(
              UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd"), Passkey.UV, false, false);
      Held held = browser.register(model);
      Answer factor = user.factor(held.id());
      assertThat(factor.text("/authenticator/name")).isNotEmpty().isEqualTo(factor.text("/label"));
      String grant = browser.grant(User.MANAGE, held);
      Answer named = user.enroll(grant, "type", "webauthn", "label", "Mine").is(201);
      browser.activate(named, browser.create(named, Passkey.of(model)), grant).is(200);
      assertThat(user.factor(named.id()).text("/label")).isEqualTo("Mine");
    }

    @Test
    void knowsItsUserAgainAndLeavesOutWhatThereIs() {
      Held held = browser.register(Model.SECURITY_KEY);
      Answer next = browser.begin(browser.grant(User.MANAGE, held));
      assertThat(Browser.handle(next)).isEqualTo(held.handle());
      assertThat(next.at("/webauthn/excludeCredentials").findValuesAsText("id"))
          .containsExactly(held.passkey().id().text());
      Browser other = browser(STILE.user());
      assertThat(Browser.handle(other.begin(null))).isNotEqualTo(held.handle());
    }

    @Test
    void isUsedUpByAResponseThatDoesNotVerify() {
      Answer enrollment = browser.begin(null);
      Passkey passkey = key();
      AttestationResponse elsewhere =
          new Browser(user, "https://localhost").create(enrollment, passkey);
      Answer refused =
          browser.activate(enrollment, elsewhere, null).refuses(422, "assertion_invalid");
      assertThat(refused.at("/attempts_left").asInt(-1)).isZero();
      browser
          .activate(enrollment, browser.create(enrollment, passkey), null)
          .refuses(409, "already_completed");
      assertThat(user.factor(enrollment.id()).text("/status")).isEqualTo("pending");
      browser.register(passkey, null);
    }

    @Test
    void takesOneResponseOnce() {
      Answer enrollment = browser.begin(null);
      Passkey passkey = key();
      AttestationResponse response = browser.create(enrollment, passkey);
      browser.activate(enrollment, response, null).is(200);
      var held = new Held(enrollment.id(), passkey, Browser.handle(enrollment));
      browser
          .activate(enrollment, response, browser.grant(User.MANAGE, held))
          .refuses(409, "already_completed");
    }

    @Test
    void lapsesAfterFiveMinutes() {
      Held held = browser.register(Model.SECURITY_KEY);
      Answer enrollment = browser.begin(browser.grant(User.MANAGE, held));
      AttestationResponse response = browser.create(enrollment, key());
      STILE.time().advance(Duration.ofMinutes(5));
      browser
          .activate(enrollment, response, browser.grant(User.MANAGE, held))
          .refuses(410, "challenge_expired");
    }

    @Test
    void belongsToItsUserAndSession() {
      Answer enrollment = browser.begin(null);
      AttestationResponse response = browser.create(enrollment, key());
      browser(STILE.user()).activate(enrollment, response, null).refuses(404, "not_found");
      String first = user.token();
      user.signIn();
      browser.activate(enrollment, response, null).refuses(404, "not_found");
      user.with(first);
      browser.activate(enrollment, response, null).is(200);
    }

    @Test
    @Tag("R18")
    void needsAGrantOnceThereIsAFactor() {
      Held held = browser.register(Model.SECURITY_KEY);
      user.enroll(null, "type", "webauthn").refuses(401, "insufficient_user_authentication");
      String grant = browser.grant(User.MANAGE, held);
      Answer enrollment = browser.begin(grant);
      AttestationResponse response = browser.create(enrollment, key());
      browser.activate(enrollment, response, null).refuses(401, "insufficient_user_authentication");
      browser.activate(enrollment, response, grant).is(200);
      user.enroll(grant, "type", "webauthn").refuses(409, "grant_consumed");
    }

    @Test
    @Tag("R16")
    void isRefusedForACredentialThatSomebodyHas() {
      Passkey passkey = key();
      Held held = browser.register(passkey, null);
      Browser other = browser(STILE.user());
      Answer enrollment = other.begin(null);
      Answer refused =
          other
              .activate(enrollment, other.create(enrollment, passkey), null)
              .refuses(409, "factor_exists");
      assertThat(refused.body()).doesNotContain(user.subject(), held.id());
      Authenticator app = besides(held);
      user.remove(held.id(), browser.grant(User.MANAGE, held)).is(204);
      assertThat(user.factor(app.id()).is(200).text("/status")).isEqualTo("active");
      other.register(passkey, null);
    }

    @Test
    void isProvenByNoCodeAndAnAppByNoCredential() {
      Answer enrollment = browser.begin(null);
      AttestationResponse response = browser.create(enrollment, key());
      user.activate(enrollment.id(), "123456", null).refuses(400, "invalid_request");
      Authenticator app = user.pendingApp(null);
      browser
          .activate(app.id(), PasskeyJson.members(response), null)
          .refuses(400, "invalid_request");
      browser.activate(enrollment, response, null).is(200);
    }
  }

  @Nested
  class AStepUp {
    @Test
    void isAskedOfAPasskeyFirst() {
      Authenticator app = user.app();
      String grant = user.grant(User.MANAGE, app);
      Held held = browser.register(key(), grant);
      Answer challenge = user.ask("action", "login").is(201);
      assertThat(challenge.text("/factor/type")).isEqualTo("webauthn");
      assertThat(challenge.at("/alternatives").findValuesAsText("id")).containsExactly(app.id());
      assertThat(challenge.at("/attempts_left").asInt()).isEqualTo(1);
      assertThat(challenge.text("/webauthn/rpId")).isEqualTo("localhost");
      assertThat(challenge.text("/webauthn/userVerification")).isEqualTo("required");
      assertThat(challenge.at("/webauthn/allowCredentials").findValuesAsText("id"))
          .containsExactly(held.passkey().id().text());
      assertThat(user.read(challenge.id()).at("/webauthn/challenge"))
          .isEqualTo(challenge.at("/webauthn/challenge"));
      browser.approve(challenge, held);
      assertThat(user.read(challenge.id()).at("/webauthn").isMissingNode()).isTrue();
    }

    @Test
    @Tag("R14")
    void tellsByTheFlagsHowTheUserWasVerified() {
      Held synced = browser.register(Model.SYNCED);
      Answer approved = browser.approve(user.ask("action", "login").is(201), synced);
      assertThat(approved.at("/grant/amr")).hasToString("[\"swk\",\"user\"]");
      assertThat(approved.text("/grant/acr")).isEqualTo("aal2");
      Held device = browser.register(key(), browser.grant(User.MANAGE, synced));
      assertThat(user.factor(device.id()).at("/authenticator/backup_eligible").asBoolean())
          .isFalse();
      Answer byDevice =
          browser.approve(user.ask("action", "pay", "factor_id", device.id()).is(201), device);
      assertThat(byDevice.at("/grant/amr")).hasToString("[\"hwk\",\"user\"]");
    }

    @Test
    @Tag("R14")
    void reachesLessWithoutUserVerification() {
      Held touched = browser.register(Model.TOUCH_ONLY);
      assertThat(user.factor(touched.id()).text("/acr")).isEqualTo("aal1");
      Answer challenge = user.ask("action", "login").is(201);
      assertThat(challenge.text("/webauthn/userVerification")).isEqualTo("preferred");
      Answer approved = browser.approve(challenge, touched);
      assertThat(approved.at("/grant/amr")).hasToString("[\"hwk\"]");
      assertThat(approved.text("/grant/acr")).isEqualTo("aal1");
      user.ask("action", "login", "acr_values", "aal2").refuses(409, "no_factor");
    }

    @Test
    @Tag("R14")
    void demandsTheUserVerificationThatTheChallengeWasOpenedWith() {
      Held held = browser.register(Model.SECURITY_KEY);
      Answer challenge = user.ask("action", "login").is(201);
      var untouched = Tampering.of(Step.FLAGS, (byte) Passkey.UP);
      browser
          .verify(challenge, browser.get(challenge, held, untouched))
          .refuses(422, "assertion_invalid");
    }

    @Test
    void asksAllPasskeysOfTheLevelUnlessOneIsNamed() {
      Held first = browser.register(Model.SYNCED);
      Held second = browser.register(key(), browser.grant(User.MANAGE, first));
      Answer challenge = user.ask("action", "login").is(201);
      assertThat(challenge.at("/webauthn/allowCredentials").findValuesAsText("id"))
          .containsExactlyInAnyOrder(first.passkey().id().text(), second.passkey().id().text());
      assertThat(challenge.at("/alternatives")).isEmpty();
      browser.approve(challenge, second);
      Answer narrow = user.ask("action", "login", "factor_id", first.id()).is(201);
      assertThat(narrow.at("/webauthn/allowCredentials").findValuesAsText("id"))
          .containsExactly(first.passkey().id().text());
      assertThat(narrow.at("/alternatives").findValuesAsText("id")).containsExactly(second.id());
      browser.verify(narrow, browser.get(narrow, second)).refuses(422, "assertion_invalid");
    }

    @Test
    void goesOverToAnotherFactorAndBack() {
      Authenticator app = user.app();
      Held held = browser.register(key(), user.grant(User.MANAGE, app));
      Answer challenge = user.ask("action", "pay").is(201);
      Answer byApp = user.change(challenge.id(), app).is(201);
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("canceled");
      browser.verify(challenge, browser.get(challenge, held)).refuses(409, "already_completed");
      Answer back =
          user.post("/v1/challenges/" + byApp.id() + "/switch", Body.of("factor_id", held.id()))
              .is(201);
      assertThat(back.at("/alternatives").findValuesAsText("id")).containsExactly(app.id());
      browser.approve(back, held);
    }

    @Test
    void endsWithItsTimeAndByItsOwner() {
      Held held = browser.register(Model.SECURITY_KEY);
      Answer challenge = user.ask("action", "login", "expires_in", 60).is(201);
      STILE.time().advance(Duration.ofSeconds(60));
      browser.verify(challenge, browser.get(challenge, held)).refuses(410, "challenge_expired");
      Answer canceled = user.ask("action", "login").is(201);
      user.cancel(canceled.id()).is(200);
      browser.verify(canceled, browser.get(canceled, held)).refuses(409, "already_completed");
      user.resend(user.ask("action", "login").id()).refuses(400, "invalid_request");
    }

    @Test
    void leavesFourOpenAtOnce() {
      browser.register(Model.SECURITY_KEY);
      for (int i = 0; i < 4; i++) {
        user.ask("action", "login").is(201);
      }
      user.ask("action", "login").refuses(429, "rate_limited");
    }

    @Test
    void managesFactors() {
      Held held = browser.register(Model.SECURITY_KEY);
      user.remove(held.id(), browser.grant(User.MANAGE, held)).refuses(403, "last_factor");
      Held other = browser.register(key(), browser.grant(User.MANAGE, held));
      user.remove(held.id(), browser.grant(User.MANAGE, other)).is(204);
      Answer challenge = user.ask("action", "login").is(201);
      assertThat(challenge.at("/webauthn/allowCredentials")).hasSize(1);
      browser.approve(challenge, other);
    }
  }

  @Nested
  class AnAttack {
    private final Held held = browser.register(Model.SECURITY_KEY);
    private final Answer challenge = user.ask("action", "pay", "binding", binding("10")).is(201);

    private Map<String, String> binding(String amount) {
      return Map.of("amount", amount);
    }

    private void fails(Answer answer) {
      answer.refuses(422, "assertion_invalid");
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("failed");
      browser.verify(challenge, browser.get(challenge, held)).refuses(409, "already_completed");
      assertThat(user.factor(held.id()).text("/status")).isEqualTo("active");
    }

    @Test
    @Tag("R03")
    void replaysAnAssertion() {
      var response = browser.get(challenge, held);
      browser.verify(challenge, response).is(200);
      browser.verify(challenge, response).refuses(409, "already_completed");
      Answer next = user.ask("action", "pay", "binding", binding("10")).is(201);
      browser.verify(next, response).refuses(422, "assertion_invalid");
    }

    @Test
    @Tag("R13")
    void triesAgainAfterItFailed() {
      fails(browser.verify(challenge, browser.get(challenge, held, signature())));
    }

    private Tampering signature() {
      return Tampering.of(
          Step.SIGNATURE,
          signature -> {
            signature[signature.length - 1] ^= 1;
            return signature;
          });
    }

    @Test
    void takesTheAnswerToAnotherTransaction() {
      Answer other = user.ask("action", "pay", "binding", binding("9000")).is(201);
      fails(browser.verify(challenge, browser.get(other, held)));
    }

    @ParameterizedTest
    @Tag("R17")
    @ValueSource(strings = {"/", ".", "#", ":80", "@evil.example"})
    void speaksFromAnOriginThatOnlyLooksAlike(String tail) {
      var elsewhere = new Browser(user, browser.origin() + tail);
      fails(browser.verify(challenge, elsewhere.get(challenge, held)));
    }

    @Test
    void speaksFromAnotherPort() {
      var elsewhere = new Browser(user, "http://localhost:1");
      fails(browser.verify(challenge, elsewhere.get(challenge, held)));
    }

    @Test
    @Tag("R16")
    void usesThePasskeyOfAnotherUser() {
      Browser other = browser(STILE.user());
      fails(browser.verify(challenge, browser.get(challenge, other.register(Model.SECURITY_KEY))));
    }

    @Test
    void saysThatItsUserIsAnother() {
      Browser other = browser(STILE.user());
      byte[] handle = other.register(Model.SECURITY_KEY).handle().array();
      var tampering = Tampering.of(Step.USER_HANDLE, handle);
      fails(browser.verify(challenge, browser.get(challenge, held, tampering)));
    }

    @Test
    @Tag("R05")
    void answersTheChallengeOfAnotherUserOrSession() {
      Browser other = browser(STILE.user());
      var response = browser.get(challenge, held);
      other.verify(challenge, response).refuses(404, "not_found");
      String first = user.token();
      user.signIn();
      browser.verify(challenge, response).refuses(404, "not_found");
      user.with(first);
      browser.verify(challenge, response).is(200);
    }

    @Test
    @Tag("R15")
    void usesACopyWhoseCounterLagsBehind() {
      browser.approve(challenge, held);
      Answer next = user.ask("action", "pay").is(201);
      var copy = new Held(held.id(), held.passkey().copy(0), held.handle());
      browser.verify(next, browser.get(next, copy)).refuses(422, "assertion_invalid");
      Answer factor = user.factor(held.id());
      assertThat(factor.text("/status")).isEqualTo("active");
      assertThat(factor.text("/counter_regressed_at")).isNotEmpty();
      browser.approve(user.ask("action", "pay").is(201), held);
      assertThat(user.factor(held.id()).text("/counter_regressed_at")).isNotEmpty();
    }

    @Test
    void doesNotLockThePasskeyHoweverOftenItFails() {
      for (int i = 0; i < 8; i++) {
        Answer next = user.ask("action", "login").is(201);
        browser
            .verify(next, browser.get(next, held, signature()))
            .refuses(422, "assertion_invalid");
      }
      browser.approve(challenge, held);
    }

    @Test
    void guessesACode() {
      user.verify(challenge.id(), "123456").refuses(400, "invalid_request");
      browser.approve(challenge, held);
    }

    @Test
    void sendsACredentialToAnApp() {
      Authenticator app = besides(held);
      Answer byApp = user.ask("action", "login", "factor_id", app.id()).is(201);
      browser.verify(byApp, browser.get(challenge, held)).refuses(400, "invalid_request");
    }
  }

  @Test
  void keepsTheBackupStateOfALaterAnswer() {
    Held held = browser.register(Model.SYNCED);
    Answer challenge = user.ask("action", "login").is(201);
    var local = Tampering.of(Step.FLAGS, (byte) (Passkey.UP | Passkey.UV | Passkey.BE));
    browser.verify(challenge, browser.get(challenge, held, local)).is(200);
    assertThat(user.factor(held.id()).at("/authenticator/backed_up").asBoolean()).isFalse();
  }

  /// What a credential can be but is not: one member with other JSON, or without where it is null.
  enum Malformation {
    ID_MISSING("id", null),
    ID_EMPTY("id", text("")),
    ID_A_NUMBER("id", "7"),
    ID_PADDED("id", text("AA==")),
    ID_WITH_STRAY_BITS("id", text("AB")),
    ID_IN_THE_OTHER_ALPHABET("id", text("A+/A")),
    ID_TOO_LONG("id", text("A".repeat(1368))),
    ID_ANOTHER("id", text("AAAA")),
    RAW_ID_MISSING("rawId", null),
    RAW_ID_ANOTHER("rawId", text("AAAA")),
    RAW_ID_A_LIST("rawId", "[]"),
    TYPE_MISSING("type", null),
    TYPE_ANOTHER("type", text("password")),
    TYPE_TRUE("type", "true"),
    RESPONSE_MISSING("response", null),
    RESPONSE_A_TEXT("response", text("{}")),
    RESPONSE_EMPTY("response", "{}"),
    CLIENT_DATA_MISSING("response.clientDataJSON", null),
    CLIENT_DATA_AN_OBJECT("response.clientDataJSON", "{}"),
    CLIENT_DATA_NOT_BASE_64("response.clientDataJSON", text("é")),
    CLIENT_DATA_TOO_LONG("response.clientDataJSON", text("A".repeat(5464))),
    ATTACHMENT_UNKNOWN("authenticatorAttachment", text("glued")),
    ATTACHMENT_A_NUMBER("authenticatorAttachment", "1"),
    EXTENSIONS_A_LIST("clientExtensionResults", "[]"),
    UNKNOWN_MEMBER("challenge", text("AAAA")),
    UNKNOWN_MEMBER_OF_THE_RESPONSE("response.challenge", text("AAAA"));

    final String path;
    final @Nullable String value;

    Malformation(String path, @Nullable String value) {
      this.path = path;
      this.value = value;
    }

    private static String text(String text) {
      return Body.text(text);
    }

    Map<String, Object> of(Map<String, Object> credential) {
      return Browser.changed(credential, path, value == null ? null : Body.read(value));
    }
  }

  @Nested
  @Tag("R25")
  class AMalformedCredential {
    @ParameterizedTest
    @EnumSource
    void isABadRequestAndUsesNothingUp(Malformation malformation) {
      Answer enrollment = browser.begin(null);
      Passkey passkey = key();
      AttestationResponse response = browser.create(enrollment, passkey);
      Map<String, Object> made = PasskeyJson.members(response);
      browser
          .activate(enrollment.id(), malformation.of(made), null)
          .refuses(400, "invalid_request");
      browser.activate(enrollment, response, null).is(200);
      var held = new Held(enrollment.id(), passkey, Browser.handle(enrollment));
      Answer challenge = user.ask("action", "login").is(201);
      Map<String, Object> got = PasskeyJson.members(browser.get(challenge, held));
      browser.verify(challenge, malformation.of(got)).refuses(400, "invalid_request");
      browser.verify(challenge, got).is(200);
    }

    @Test
    void isNoObjectOrNotAlone() {
      browser.register(Model.SECURITY_KEY);
      Answer challenge = user.ask("action", "login").is(201);
      String verify = "/v1/challenges/" + challenge.id() + "/verify";
      for (String body :
          List.of(
              "{}",
              "{\"credential\":null}",
              "{\"credential\":[]}",
              "{\"credential\":\"{}\"}",
              "{\"credential\":{}}",
              "{\"credential\":{\"id\":\"AA\",\"id\":\"AA\"}}",
              "{\"credential\":{},\"code\":\"123456\"}",
              "{\"credential\":" + "[".repeat(40) + "]".repeat(40) + "}",
              "{\"credential\":{\"id\":\"" + "A".repeat(17_000) + "\"}}")) {
        user.post(verify, body).refuses(400, "invalid_request");
      }
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("pending");
    }

    /// Bytes that are no ceremony's are refused by it, and use the challenge up.
    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "e30", "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "77u_e30"})
    void isAFailedAnswerWhereOnlyItsBytesAreWrong(String clientData) {
      Held held = browser.register(Model.SECURITY_KEY);
      Answer challenge = user.ask("action", "login").is(201);
      Map<String, Object> got = PasskeyJson.members(browser.get(challenge, held));
      browser
          .verify(challenge, Browser.changed(got, "response.clientDataJSON", clientData))
          .refuses(422, "assertion_invalid");
    }
  }

  @Test
  void leavesAReceiptThatProvesWhatWasApproved() {
    Held held = browser.register(Model.SECURITY_KEY);
    Answer challenge = user.ask("action", "pay", "binding", Map.of("amount", "49.90 EUR")).is(201);
    Answer approved = browser.approve(challenge, held);
    String jwks = STILE.api().get("/.well-known/jwks.json").is(200).body();
    var judgement = Receipts.verify(approved.text("/receipt"), jwks);
    assertThat(judgement).isInstanceOf(ReceiptJudgement.Accepted.class);
    if (judgement instanceof ReceiptJudgement.Accepted(VerifiedReceipt receipt)) {
      assertThat(receipt.binding()).containsExactly(Map.entry("amount", "49.90 EUR"));
      assertThat(receipt.display()).isEqualTo(challenge.text("/display"));
      assertThat(receipt.transaction()).isEqualTo(challenge.id());
      assertThat(receipt.origin()).isEqualTo(browser.origin());
      assertThat(receipt.userVerified()).isTrue();
    }
  }

  @Nested
  class ManyAtOnce {
    private final Held held = browser.register(Model.SECURITY_KEY);

    @Test
    void approveOnceByOneAssertion() {
      Answer challenge = user.ask("action", "login").is(201);
      var response = browser.get(challenge, held);
      assertThat(Race.of(8, i -> browser.verify(challenge, response).status()))
          .containsOnlyOnce(200)
          .containsOnly(200, 409);
    }

    @Test
    void useOneCounterOnce() {
      List<Answer> challenges =
          List.of(user.ask("action", "login").is(201), user.ask("action", "login").is(201));
      var responses =
          challenges.stream()
              .map(challenge ->
                  browser.get(
                      challenge, new Held(held.id(), held.passkey().copy(7), held.handle())))
              .toList();
      assertThat(Race.of(2, i -> browser.verify(challenges.get(i), responses.get(i)).status()))
          .containsExactlyInAnyOrder(200, 422);
      assertThat(user.factor(held.id()).text("/counter_regressed_at")).isNotEmpty();
    }

    @Test
    void registerOneCredentialOnce() {
      Passkey passkey = key();
      List<Browser> browsers = List.of(browser(STILE.user()), browser(STILE.user()));
      List<Answer> enrollments = browsers.stream().map(b -> b.begin(null)).toList();
      assertThat(
              Race.of(
                  2,
                  i -> {
                    Browser of = browsers.get(i);
                    Answer enrollment = enrollments.get(i);
                    return of.activate(enrollment, of.create(enrollment, passkey), null).status();
                  }))
          .containsExactlyInAnyOrder(200, 409);
    }
  }

  @Test
  void takesWhatBrowsersAdd() {
    Answer enrollment = browser.begin(null);
    Passkey passkey = key();
    Map<String, Object> made = PasskeyJson.members(browser.create(enrollment, passkey));
    made = Browser.changed(made, "response.publicKeyAlgorithm", -7);
    made = Browser.changed(made, "response.publicKey", "AAAA");
    made = Browser.changed(made, "response.authenticatorData", "AAAA");
    made = Browser.changed(made, "response.transports", List.of("usb", "smart-card"));
    made =
        Browser.changed(
            made, "clientExtensionResults", Map.of("credProps", Map.of("rk", true), "x", 1));
    browser.activate(enrollment.id(), made, null).is(200);
    assertThat(user.factor(enrollment.id()).at("/authenticator/transports"))
        .hasToString("[\"smart-card\",\"usb\"]");
    var held = new Held(enrollment.id(), passkey, Browser.handle(enrollment));
    Answer challenge = user.ask("action", "login").is(201);
    Map<String, Object> got = PasskeyJson.members(browser.get(challenge, held));
    got = Browser.changed(got, "response.userHandle", null);
    got = Browser.changed(got, "authenticatorAttachment", null);
    got = Browser.changed(got, "clientExtensionResults", null);
    browser.verify(challenge, got).is(200);
  }
}
