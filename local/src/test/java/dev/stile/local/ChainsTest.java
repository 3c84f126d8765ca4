package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Binding;
import dev.stile.local.Browser.Held;
import dev.stile.testing.Race;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several factors, one after the other, and the one grant that they lead to.
@Tag("A09")
class ChainsTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withPolicy(
          """
          {"issuers": [
            {"issuer": "{base}/local/idp", "audiences": ["stile"], "amr": {"mfa": "sms"}}
          ],
          "levels": [
            {"acr": "aal1", "factors": ["webauthn", "totp", "sms", "email"]},
            {"acr": "mfa", "factors": ["webauthn", "totp", "sms", "email"],
             "min_factors": 2, "min_classes": 2}
          ],
          "actions": {
            "vault": {"chain": [{"factors": ["totp"]}, {"factors": ["webauthn", "email"]},
                                {"factors": ["sms"]}]},
            "wire": {"chain": [{"factors": ["totp", "sms", "webauthn"]},
                               {"factors": ["totp", "sms", "webauthn"]}], "max_age": "PT4M"},
            "manage-factors": {}
          }}
          """);

  private static final Map<String, String> BILL = Map.of("amount", "49.90 EUR");

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  /// A factor of a chain, which a device or a passkey can be.
  private Answer next(User as, String action, @Nullable String next, Object... more) {
    List<Object> body = new ArrayList<>(List.of("action", action));
    if (next != null) {
      body.addAll(List.of("next", next));
    }
    body.addAll(List.of(more));
    return as.ask(body.toArray());
  }

  private Answer pass(String action, @Nullable String next, Device device, Object... more) {
    device.rest();
    List<Object> all = new ArrayList<>(List.of("factor_id", device.id()));
    all.addAll(List.of(more));
    Answer asked = next(user, action, next, all.toArray()).is(201);
    return user.verify(asked.id(), device.code()).is(200);
  }

  private static String token(Answer verdict) {
    assertThat(verdict.text("/status")).isEqualTo("next");
    assertThat(verdict.at("/grant").isMissingNode()).isTrue();
    return verdict.text("/next/token");
  }

  private String manage(Device first, Device second) {
    return pass(User.MANAGE, token(pass(User.MANAGE, null, first)), second).grant();
  }

  /// One that can be sent to at once.
  private Mailbox phone() {
    Mailbox phone = user.phoneBesides(app);
    phone.rest();
    return phone;
  }

  @Nested
  class ALogin {
    @Test
    void countsForTheStepThatThePolicySays() {
      app.rest();
      user.signIn("amr", List.of("pwd", "mfa"));
      Answer asked = next(user, "wire", null).is(201);
      assertThat(asked.at("/decision/reasons").toString())
          .contains("a factor that passed at the login counts");
      Answer verdict = user.verify(asked.id(), app.code()).is(200);
      assertThat(verdict.text("/status")).isEqualTo("approved");
      assertThat(verdict.at("/grant/amr").toString()).isEqualTo("[\"otp\"]");
    }

    @Test
    void countsForNothingOtherwise() {
      long old = STILE.time().instant().getEpochSecond() - 301;
      for (User other :
          List.of(
              new User(STILE, user.subject()).signIn("amr", List.of("pwd", "otp")),
              new User(STILE, user.subject())
                  .signIn("amr", List.of("pwd", "mfa"), "auth_time", old))) {
        next(other, "wire", null).refuses(409, "no_factor");
      }
    }
  }

  @Nested
  class AChain {
    @Test
    void leadsToOneGrantThroughAllOfItsFactors() {
      Mailbox phone = phone();
      Held key = register(manage(app, phone));
      app.rest();
      Answer first = next(user, "vault", null, "binding", BILL).is(201);
      assertThat(first.text("/factor/id")).isEqualTo(app.id());
      assertThat(first.at("/chain/following").asInt()).isEqualTo(2);
      assertThat(first.at("/chain/passed")).isEmpty();
      assertThat(first.text("/decision/acr")).isEqualTo("mfa");
      assertThat(first.at("/decision/reasons/1").asText())
          .isEqualTo("factor 1 of 3 that have to pass");
      Answer once = user.verify(first.id(), app.code()).is(200);
      Instant began = STILE.time().instant();
      STILE.time().advance(Duration.ofSeconds(20));

      Answer second = next(user, "vault", token(once), "binding", BILL).is(201);
      assertThat(second.text("/factor/id")).isEqualTo(key.id());
      assertThat(second.at("/chain/passed/0").asText()).isEqualTo(app.id());
      Answer twice = browser().approve(second, key);
      assertThat(twice.at("/receipt").isMissingNode()).isTrue();
      assertThat(twice.at("/next/passed/1").asText()).isEqualTo(key.id());
      assertThat(twice.at("/next/following").asInt()).isEqualTo(1);
      assertThat(Tokens.claims(token(twice)).at("/passed").findValuesAsText("factor"))
          .containsExactly(app.id(), key.id());

      phone.rest();
      Answer third = next(user, "vault", token(twice), "binding", BILL).is(201);
      Answer done = user.verify(third.id(), phone.code()).is(200);
      assertThat(done.text("/status")).isEqualTo("approved");
      assertThat(done.text("/grant/acr")).isEqualTo("mfa");
      assertThat(Body.text(done.at("/grant/amr")))
          .isEqualTo("[\"otp\",\"hwk\",\"user\",\"sms\",\"mfa\"]");
      long authTime = done.at("/grant/auth_time").asLong();
      assertThat(authTime).isBetween(began.getEpochSecond() - 2, began.getEpochSecond());
      assertThat(done.text("/grant/txn")).isEqualTo(third.id());
      assertThat(Tokens.claims(done.grant()).at("/bnd").asText())
          .isEqualTo(Binding.of(BILL).digest());
      consume(done.grant(), "vault").is(200);
    }

    @Test
    void givesNothingThatIsTakenForAGrant() {
      Mailbox phone = phone();
      String token = token(pass("wire", null, app, "binding", BILL));
      consume(token, "wire").refuses(404, "not_found");
      assertThat(introspect(token).body()).isEqualTo("{\"active\":false}");
      user.enroll(token, "type", "totp").refuses(401, "insufficient_user_authentication");
      user.remove(phone.id(), token).refuses(401, "insufficient_user_authentication");
      String payment = Body.of("amount", "1", "payee", "x");
      Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
      assertThat(STILE.api().send("POST", "/demo/payments", payment, bearer).is(401).code())
          .isEqualTo("insufficient_user_authentication");
      new User(STILE, user.subject())
          .with(token)
          .get("/v1/factors")
          .refuses(401, "unauthenticated");
      next(user, "wire", token, "binding", BILL).is(201);
    }

    @Test
    void takesNoGrantInThePlaceOfWhatItGoesOnWith() {
      phone();
      String grant = user.approve("login", app).grant();
      next(user, "wire", grant).refuses(400, "invalid_request");
      next(user, "wire", user.token()).refuses(400, "invalid_request");
      next(user, "wire", "x").refuses(400, "invalid_request");
      String token = token(pass("wire", null, app));
      next(user, "wire", Tokens.tampered(token)).refuses(400, "invalid_request");
      next(user, "wire", Tokens.forged(token, claims -> {})).refuses(400, "invalid_request");
    }

    @Tag("R22")
    @Test
    void goesOnOnce() {
      String token = token(pass("wire", null, phone()));
      List<Answer> all = Race.of(6, i -> next(user, "wire", token));
      assertThat(all).filteredOn(answer -> answer.status() == 201).hasSize(1);
      assertThat(all).filteredOn(answer -> answer.status() == 409).hasSize(5);
      next(user, "wire", token).refuses(409, "grant_consumed");
    }

    @Test
    void countsNoFactorTwice() {
      Mailbox phone = phone();
      String token = token(pass("wire", null, app));
      next(user, "wire", token, "factor_id", app.id()).refuses(409, "no_factor");
      next(user, "wire", token, "factor_types", List.of("totp")).refuses(409, "no_factor");
      assertThat(next(user, "wire", token).is(201).text("/factor/id")).isEqualTo(phone.id());
    }

    @Test
    void countsNoChannelTwice() {
      Mailbox phone = phone();
      String grant = manage(app, phone);
      Mailbox other = user.activated(user.pendingPhone(grant), grant);
      String token = token(pass("wire", null, phone));
      next(user, "wire", token, "factor_id", other.id()).refuses(409, "no_factor");
      assertThat(pass("wire", token, app).text("/grant/acr")).isEqualTo("mfa");
    }

    @Test
    void isNotBegunThatCannotBeEnded() {
      next(user, "wire", null).refuses(409, "no_factor");
      next(user, "vault", null).refuses(409, "no_factor");
    }

    @Tag("R26")
    @Test
    void goesOnForItsOwnPrincipalAndTransactionOnly() {
      phone();
      String token = token(pass("wire", null, app, "binding", BILL));
      next(user, "wire", token).refuses(422, "binding_mismatch");
      next(user, "vault", token, "binding", BILL).refuses(422, "binding_mismatch");
      next(user, "wire", token, "binding", BILL, "audience", "payments")
          .refuses(422, "binding_mismatch");
      User elsewhere = new User(STILE, user.subject()).signIn();
      next(elsewhere, "wire", token, "binding", BILL).refuses(400, "invalid_request");
      User backEnd = new User(STILE, user.subject()).by(Signer.of("STILELOCAL"));
      next(backEnd, "wire", token, "binding", BILL).refuses(400, "invalid_request");
      User other = STILE.user();
      other.app();
      next(other, "wire", token, "binding", BILL).refuses(400, "invalid_request");
      next(user, "wire", token, "binding", BILL).is(201);
    }

    @Test
    void isOverWhereItIsNotGoneOnWith() {
      phone();
      String stale = token(pass("wire", null, app));
      STILE.time().advance(Duration.ofSeconds(241));
      next(user, "wire", stale).refuses(400, "invalid_request");
      String expired = token(pass("login", null, app, "acr_values", "mfa"));
      STILE.time().advance(Duration.ofSeconds(301));
      next(user, "login", expired).refuses(400, "invalid_request");
    }

    @Tag("A26")
    @Test
    void endsWithAFactorThatPassedAndWithAllGrants() {
      Mailbox phone = phone();
      String byPhone = token(pass("wire", null, phone));
      user.remove(phone.id(), manage(app, phone)).is(204);
      next(user, "wire", byPhone).refuses(400, "invalid_request");
      phone();
      String before = token(pass("wire", null, app));
      user.post("/v1/revocations", null).is(204);
      next(user, "wire", before).refuses(400, "invalid_request");
    }

    @Test
    void canBeSwitchedToAnotherFactor() {
      Mailbox phone = phone();
      Held key = register(manage(app, phone));
      String token = token(pass("wire", null, app));
      Answer asked = next(user, "wire", token).is(201);
      assertThat(asked.text("/factor/id")).isEqualTo(key.id());
      phone.rest();
      Answer switched = user.change(asked.id(), phone).is(201);
      assertThat(switched.at("/chain/passed/0").asText()).isEqualTo(app.id());
      Answer done = user.verify(switched.id(), phone.code()).is(200);
      assertThat(Body.text(done.at("/grant/amr"))).isEqualTo("[\"otp\",\"sms\",\"mfa\"]");
    }

    @Test
    void isToldAgainByTheSameKey() {
      Mailbox phone = phone();
      app.rest();
      Answer asked = next(user, "wire", null, "factor_id", app.id()).is(201);
      String path = "/v1/challenges/" + asked.id() + "/verify";
      String body = Body.of("code", app.code());
      Map<String, String> key = Map.of("Idempotency-Key", "lost");
      String once = token(user.send("POST", path, body, key).is(200));
      String again = token(user.send("POST", path, body, key).is(200));
      assertThat(Tokens.claims(again)).isEqualTo(Tokens.claims(once));
      next(user, "wire", once).is(201);
      phone.rest();
      next(user, "wire", again).refuses(409, "grant_consumed");
    }

    @Test
    void beginsWithAVerificationInOneCall() {
      Mailbox phone = phone();
      app.rest();
      Answer verdict =
          user.post("/v1/verifications", Body.of("action", "wire", "code", app.code())).is(200);
      assertThat(pass("wire", token(verdict), phone).text("/grant/acr")).isEqualTo("mfa");
    }

    @Test
    void isGoneThroughByTheDoorOfBackEnds() {
      Mailbox phone = phone();
      User backEnd = new User(STILE, user.subject()).by(Signer.of("STILELOCAL"));
      app.rest();
      Answer first = next(backEnd, "wire", null, "factor_id", app.id()).is(201);
      String token = token(backEnd.verify(first.id(), app.code()).is(200));
      phone.rest();
      Answer second = next(backEnd, "wire", token).is(201);
      Answer done = backEnd.verify(second.id(), phone.code()).is(200);
      assertThat(Body.text(done.at("/grant/amr"))).isEqualTo("[\"otp\",\"sms\",\"mfa\"]");
    }
  }

  @Nested
  class ALevelOfSeveralFactors {
    @Test
    void makesAChainOfAnyActionThatIsAskedForAtIt() {
      Mailbox phone = phone();
      assertThat(user.approve("login", app).text("/grant/acr")).isEqualTo("aal1");
      String token = token(pass("login", null, app, "acr_values", "mfa"));
      // What was asked for first cannot be lowered afterwards.
      Answer done = pass("login", token, phone, "acr_values", "aal1");
      assertThat(done.text("/grant/acr")).isEqualTo("mfa");
    }

    @Tag("R18")
    @Test
    void isWhatManagingFactorsTakesOnceTheAccountReachesIt() {
      Mailbox phone = phone();
      Answer refused =
          user.remove(phone.id(), user.grant("login", app))
              .refuses(401, "insufficient_user_authentication");
      assertThat(refused.text("/acr_values")).isEqualTo("mfa");
      String token = token(pass(User.MANAGE, null, app));
      user.remove(phone.id(), token).refuses(401, "insufficient_user_authentication");
      user.remove(phone.id(), pass(User.MANAGE, token, phone).grant()).is(204);
    }
  }

  private Browser browser() {
    return new Browser(user, STILE.api().base().toString());
  }

  private Held register(String grant) {
    return browser().register(Passkey.of(Model.SECURITY_KEY), grant);
  }

  private Answer consume(String token, String action) {
    return user.post(
        "/v1/grants/consume",
        Body.of("token", token, "action", action, "binding_hash", Binding.of(BILL).digest()));
  }

  private Answer introspect(String token) {
    return user.post(
            "/oauth/introspect", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
        .is(200);
  }
}
