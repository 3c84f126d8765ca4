package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Binding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The door of services that call for their users, through the gateway and signed.
@Tag("R05")
@Tag("R06")
@Tag("R26")
class BackEndDoorTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withPolicy(
          """
          {"clients": [
            {"id": "console", "audiences": ["stile", "payments"], "host": "localhost"},
            {"id": "login", "audiences": ["stile"], "host": "localhost",
             "roles": ["arn:aws:iam::000000000000:role/services/login"],
             "capabilities": ["challenge", "first_factor", "manage"],
             "issuer": "{base}/local/idp"},
            {"id": "asker", "audiences": ["stile"], "host": "localhost",
             "roles": ["arn:aws:iam::000000000000:role/asker"], "issuer": "{base}/local/idp"},
            {"id": "starter", "audiences": ["stile"], "host": "localhost",
             "roles": ["arn:aws:iam::000000000000:role/starter"],
             "capabilities": ["first_factor"]}
          ],
          "limits": {
            "sends": {
              "pause": "PT0S",
              "per_destination": [{"count": 10, "per": "P1D"}],
              "per_user": {"count": 2000, "per": "PT1H"},
              "per_address_prefix": {"count": 3, "per": "P1D"},
              "per_tenant": {"count": 100000, "per": "P1D"}
            },
            "challenges_per_user": {"count": 1000, "per": "PT10M"},
            "enrollments_per_user": {"count": 300, "per": "PT10M"}
          }}
          """);

  private static User by(String role, String subject) {
    return new User(STILE, subject).by(Signer.of(role));
  }

  private final String subject = STILE.user().subject();
  private final User login = by("login", subject);

  @Nested
  class ABackEnd {
    @Test
    void asksAboutGrantsAndRevokesThem() {
      String grant = login.grant("login", login.app());
      String form = "token=" + grant;
      assertThat(login.post("/oauth/introspect", form).is(200).text("/sub")).isEqualTo(subject);
      assertThat(by("login", "another").post("/oauth/introspect", form).is(200).body())
          .isEqualTo("{\"active\":false}");
      by("starter", subject).post("/oauth/revoke", form).refuses(403, "policy_denied");
      by("asker", subject).post("/oauth/revoke", form).is(200);
      assertThat(login.post("/oauth/introspect", form).is(200).body())
          .isEqualTo("{\"active\":false}");
      login
          .post(
              "/v1/grants/consume",
              Body.of("token", grant, "action", "login", "binding_hash", Binding.EMPTY.digest()))
          .refuses(404, "not_found");
    }

    @Test
    void doesForAUserWhatTheUserCanDo() {
      Authenticator app = login.app("label", "My app");
      assertThat(login.get("/v1/factors").is(200).text("/items/0/label")).isEqualTo("My app");
      Authenticator second = login.appBesides(app);
      Answer asked = login.challenge("login", app);
      assertThat(login.read(asked.id()).text("/status")).isEqualTo("pending");
      login.resend(asked.id()).refuses(400, "invalid_request");
      Answer switched = login.change(asked.id(), second).is(201);
      login.cancel(switched.id()).is(200);
      Answer approved = login.approve("transfer", app);
      assertThat(approved.text("/grant/acr")).isEqualTo("aal2");
      app.rest();
      login
          .post(
              "/v1/verifications",
              Body.of("action", "pay", "code", app.code(), "factor_id", app.id()))
          .is(200);
      login.patch("/v1/factors/" + second.id(), Body.of("label", "Spare")).is(200);
      login.remove(second.id(), login.grant(User.MANAGE, app)).is(204);
    }

    @Test
    void actsOnTheSubjectThatTheUserIsHimself() {
      Authenticator app = login.app();
      User self = new User(STILE, subject).signIn();
      assertThat(self.factor(app.id()).is(200).id()).isEqualTo(app.id());
      self.approve("login", app);
    }

    @Test
    void keepsUsersApart() {
      Authenticator app = login.app();
      by("login", subject + "x").factor(app.id()).refuses(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "auth0|ann", "ä", "a/b", "a%b", "ann@example.org"})
    void namesUsersInEveryCharacter(String name) {
      assertThat(by("login", name).get("/v1/factors").is(200).at("/items")).isEmpty();
    }

    @Test
    void knowsNoUserThatCannotBe() {
      by("login", "a\nb").get("/v1/factors").refuses(404, "not_found");
      by("login", "a".repeat(257)).get("/v1/factors").refuses(404, "not_found");
    }
  }

  @Nested
  class AChallenge {
    @Test
    void isUnknownAtTheOtherDoorAndToOtherBackEnds() {
      Authenticator app = login.app();
      User self = new User(STILE, subject).signIn();
      User asker = by("asker", subject);
      String ofBackEnd = login.challenge("login", app).id();
      String ofUser = self.challenge("login", app).id();
      List<String> answers = new ArrayList<>();
      for (Answer answer :
          List.of(
              self.get("/v1/challenges/" + ofBackEnd),
              self.verify(ofBackEnd, app.code()),
              self.cancel(ofBackEnd),
              asker.get("/v1/challenges/" + ofBackEnd),
              asker.verify(ofBackEnd, app.code()),
              login.get("/v1/challenges/" + ofUser),
              login.verify(ofUser, app.code()),
              login.cancel(ofUser))) {
        answers.add(answer.refuses(404, "not_found").anonymous());
      }
      assertThat(answers.stream().distinct()).hasSize(1);
      login.verify(ofBackEnd, app.code()).is(200);
    }
  }

  @Nested
  class ACapability {
    @Test
    void isNeededForEachThing() {
      Authenticator app = login.app();
      User asker = by("asker", subject);
      asker.get("/v1/factors").refuses(403, "policy_denied");
      asker.factor(app.id()).refuses(403, "policy_denied");
      asker.enroll(null, "type", "totp").refuses(403, "policy_denied");
      asker.activate(app.id(), "123456", null).refuses(403, "policy_denied");
      asker.remove(app.id(), null).refuses(403, "policy_denied");
      asker.patch("/v1/factors/" + app.id(), Body.of("label", "x")).refuses(403, "policy_denied");
      asker.approve("login", app);
    }

    @Test
    void forTheFirstFactorIsForNothingElse() {
      User starter = by("starter", subject);
      starter.ask("action", "login").refuses(403, "policy_denied");
      Authenticator app = starter.app();
      starter.enroll(null, "type", "totp").refuses(403, "policy_denied");
      starter.remove(app.id(), null).refuses(403, "policy_denied");
      starter.patch("/v1/factors/" + app.id(), Body.of("label", "x")).refuses(403, "policy_denied");
    }

    /// A capability never stands in for the user.
    @Test
    void toManageNeedsTheGrantOfTheUserAsWell() {
      Authenticator app = login.app();
      login.enroll(null, "type", "totp").refuses(401, "insufficient_user_authentication");
      login.remove(app.id(), null).refuses(401, "insufficient_user_authentication");
      User other = by("login", subject + "other");
      String theirs = other.grant(User.MANAGE, other.app());
      login.enroll(theirs, "type", "totp").refuses(401, "insufficient_user_authentication");
      User self = new User(STILE, subject).signIn();
      String atTheOtherDoor = self.grant(User.MANAGE, app);
      login.enroll(atTheOtherDoor, "type", "totp").refuses(401, "insufficient_user_authentication");
      String grant = login.grant(User.MANAGE, app);
      login.enroll(grant, "type", "totp").is(201);
    }

    @Test
    void isOfNoUseToARoleThatThePolicyDoesNotKnow() {
      by("unknown", subject).get("/v1/factors").refuses(403, "policy_denied");
      by("services", subject).get("/v1/factors").refuses(403, "policy_denied");
    }
  }

  @Nested
  class ARequest {
    @Test
    void isRefusedUnsignedOrChanged() {
      String path = "/v1/users/" + subject + "/challenges";
      STILE.api().post(path, Body.of("action", "login")).refuses(403, "signature_refused");
      User bearer = new User(STILE, subject).signIn();
      bearer.post(path, Body.of("action", "login")).refuses(403, "signature_refused");
      var old =
          new Signer(
              "login",
              Engines.SECRET_ACCESS_KEY,
              Engines.REGION,
              Signatures.SERVICE,
              Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)));
      new User(STILE, subject).by(old).get("/v1/factors").refuses(403, "signature_refused");
    }

    /// A signature proves a back end; at the door of users it proves nobody.
    @Test
    void thatIsSignedIsNobodyAtTheDoorOfUsers() {
      var headers =
          Signer.of("login")
              .headers("GET", STILE.api().base().resolve("/v1/factors"), null, Map.of());
      headers.remove("host");
      STILE.api().send("GET", "/v1/factors", null, headers).refuses(401, "unauthenticated");
    }

    @Test
    void followsWallTimeWhileTheClockIsMoved() {
      STILE.time().advance(Duration.ofHours(2));
      login.get("/v1/factors").is(200);
    }

    @Test
    void isReadWholeBeforeItsSizeIsRefused() {
      String large = Body.of("action", "login", "locale", "x".repeat(20_000));
      login.post("/v1/challenges", large).refuses(400, "invalid_request");
    }

    @Test
    void ofCurlIsTaken() throws Exception {
      Authenticator app = login.app();
      assertThat(curl(Engines.SECRET_ACCESS_KEY, "{\"action\":\"login\"}"))
          .contains(app.id())
          .endsWith(" 201");
      assertThat(curl("stilelocalsecreT", "{\"action\":\"login\"}"))
          .contains("signature_refused")
          .endsWith(" 403");
    }

    private String curl(String secret, String body) throws IOException, InterruptedException {
      Process curl;
      try {
        curl =
            new ProcessBuilder(
                    "curl",
                    "-sS",
                    "--noproxy",
                    "*",
                    "-w",
                    " %{http_code}",
                    "--aws-sigv4",
                    "aws:amz:eu-central-1:execute-api",
                    "--user",
                    "login:" + secret,
                    "-d",
                    body,
                    STILE.api().base() + "/v1/users/" + subject + "/challenges")
                .redirectErrorStream(true)
                .start();
      } catch (IOException e) {
        throw Skipped.because("a request signed by curl, which is missing");
      }
      String told = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(curl.waitFor()).as(told).isZero();
      return told;
    }
  }

  @Nested
  class AnAddress {
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.2.3", "1.2.3.256", "localhost", "::g", "fe80::1%eth0"})
    void isCheckedWhereItIsSaid(String address) {
      login.ask("action", "login", "end_user_ip", address).refuses(400, "invalid_request");
    }

    @Test
    void isUnknownAtTheDoorOfUsers() {
      User self = new User(STILE, subject).signIn();
      Answer refused =
          self.ask("action", "login", "end_user_ip", "192.0.2.1").refuses(400, "invalid_request");
      assertThat(refused.text("/pointer")).isEqualTo("/end_user_ip");
      self.enroll(null, "type", "totp", "end_user_ip", "192.0.2.1").refuses(400, "invalid_request");
    }

    /// Three messages a day to one prefix: they count where the user is, not where the back end is.
    @Test
    void countsForTheLimitOfItsPrefix() {
      for (String third : List.of("1", "2")) {
        for (int i = 0; i < 3; i++) {
          send("203.0." + third + "." + i).is(201);
        }
        send("203.0." + third + ".77").refuses(429, "rate_limited");
      }
      send("2001:db8:1::7").is(201);
    }

    private Answer send(String address) {
      User user = by("login", STILE.user().subject());
      return user.enroll(null, "type", "sms", "phone", STILE.number(), "end_user_ip", address);
    }
  }
}
