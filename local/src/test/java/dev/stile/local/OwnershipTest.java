package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What belongs to one principal does not exist for any other, whoever asks and however.
class OwnershipTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withPolicy(
          """
          {"clients": [
            {"id": "console", "audiences": ["stile", "payments"], "host": "localhost"},
            {"id": "shop", "audiences": ["shop"], "host": "localhost"}
          ]}
          """);

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  /// Who else might come with the id of a challenge.
  enum Stranger {
    ANOTHER_USER,
    ANOTHER_SESSION,
    ANOTHER_CLIENT;

    User of(User user) {
      return switch (this) {
        case ANOTHER_USER -> {
          User other = STILE.user();
          other.app();
          yield other;
        }
        case ANOTHER_SESSION -> new User(STILE, user.subject()).signIn();
        case ANOTHER_CLIENT -> new User(STILE, user.subject()).signIn("client_id", "shop");
      };
    }
  }

  /// Everything that can be done with the id of a challenge.
  private static List<Answer> everything(User user, String challenge, Authenticator app) {
    return List.of(
        user.get("/v1/challenges/" + challenge),
        user.verify(challenge, app.code()),
        user.verify(challenge, app.wrong()),
        user.resend(challenge),
        user.cancel(challenge),
        user.change(challenge, app));
  }

  private static List<String> anonymous(List<Answer> answers) {
    return answers.stream().map(answer -> answer.refuses(404, "not_found").anonymous()).toList();
  }

  private static String unknown(String challenge) {
    int end = challenge.length() - 5;
    return challenge.substring(0, end)
        + (challenge.charAt(end) == 'a' ? 'b' : 'a')
        + challenge.substring(end + 1);
  }

  @Tag("R05")
  @Nested
  class AChallenge {
    @Tag("R24")
    @ParameterizedTest
    @EnumSource
    void isUnknownToAStranger(Stranger stranger) {
      String id = user.challenge("login", app).id();
      User other = stranger.of(user);
      assertThat(anonymous(everything(other, id, app)))
          .isEqualTo(anonymous(everything(other, unknown(id), app)));
      assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(5);
      user.verify(id, app.code()).is(200);
    }

    @Tag("R24")
    @ParameterizedTest
    @EnumSource
    void isUnknownToAStrangerWhenItEnded(Stranger stranger) {
      String id = user.challenge("login", app).id();
      user.cancel(id).is(200);
      User other = stranger.of(user);
      assertThat(anonymous(everything(other, id, app)))
          .isEqualTo(anonymous(everything(other, unknown(id), app)));
    }

    @ParameterizedTest
    @EnumSource
    void ofAPhoneIsUnknownToAStranger(Stranger stranger) {
      Mailbox phone = user.phoneBesides(app);
      String id = user.challenge("login", phone).id();
      String code = phone.code();
      User other = stranger.of(user);
      String answer = other.verify(id, code).refuses(404, "not_found").anonymous();
      assertThat(other.verify(unknown(id), code).anonymous()).isEqualTo(answer);
      assertThat(other.verify(id, Mailbox.wrong(code, 0)).anonymous()).isEqualTo(answer);
      assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(5);
      user.verify(id, code).is(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "chl_",
          "x",
          "chl_00000000000000000000000000000000000000000000000000000000",
          "CHL_abcdefghijklmnopqrstuvwxyz234567",
          "chl_%00",
          "chl_%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4",
          "%20"
        })
    void thatIsMalformedIsTheSameAsOneThatIsUnknown(String id) {
      String known = unknown(user.challenge("login", app).id());
      assertThat(user.verify(id, "123456").refuses(404, "not_found").anonymous())
          .isEqualTo(user.verify(known, "123456").anonymous());
    }

    @Test
    void ofAnEnrollmentApprovesNothing() {
      User other = STILE.user();
      Mailbox phone = other.pendingPhone(null);
      String code = phone.code();
      other.verify(phone.challenge(), code).refuses(404, "not_found");
      other.activate(phone.id(), code, null).is(200);
      other.verify(phone.challenge(), code).refuses(404, "not_found");
    }

    @Test
    void approvesNoEnrollment() {
      Mailbox phone = user.phoneBesides(app);
      String grant = user.grant(User.MANAGE, app);
      Mailbox pending = user.pendingPhone(grant);
      pending.code();
      String code = codeOf(user, phone);
      user.activate(pending.id(), code, grant).refuses(422, "code_incorrect");
    }

    @Test
    void isNotAnsweredByTheCodeOfAnotherAction() {
      Mailbox phone = user.phoneBesides(app);
      String login = codeOf(user, phone);
      String pay = user.challenge("pay", phone).id();
      user.verify(pay, login).refuses(422, "code_incorrect");
    }

    @Test
    void isNotAnsweredByTheCodeOfAnotherFactor() {
      Authenticator second = user.appBesides(app);
      String id = user.challenge("login", app).id();
      user.verify(id, second.code()).refuses(422, "code_incorrect");
    }

    @Test
    void isNotAnsweredByTheCodeOfAnotherUser() {
      User other = STILE.user();
      Authenticator theirs = other.app();
      String id = user.challenge("login", app).id();
      user.verify(id, theirs.code()).refuses(422, "code_incorrect");
    }

    @Test
    void isNotSwitchedToTheFactorOfAnother() {
      User other = STILE.user();
      Authenticator theirs = other.app();
      String id = user.challenge("login", app).id();
      user.change(id, theirs).refuses(409, "no_factor");
    }

    private String codeOf(User owner, Mailbox phone) {
      owner.challenge("login", phone);
      return phone.code();
    }
  }

  @Nested
  class AFactor {
    @Test
    void isUnknownToAnotherUser() {
      User other = STILE.user();
      Authenticator theirs = other.app();
      String unknown = unknown(theirs.id());
      assertThat(anonymous(everything(theirs.id()))).isEqualTo(anonymous(everything(unknown)));
    }

    private List<Answer> everything(String factor) {
      String grant = user.grant(User.MANAGE, app);
      return List.of(
          user.factor(factor),
          user.patch("/v1/factors/" + factor, Body.of("label", "Mine")),
          user.activate(factor, "123456", grant),
          user.remove(factor, grant));
    }

    @Test
    void isThereInEverySessionOfItsOwner() {
      user.signIn();
      user.factor(app.id()).is(200);
    }
  }

  @Nested
  class AGrant {
    @Test
    void isForAnAudienceOfItsClientAlone() {
      User shopper = new User(STILE, user.subject()).signIn("client_id", "shop");
      shopper.ask("action", "login", "audience", "payments").refuses(403, "policy_denied");
      shopper.ask("action", "login", "audience", "shop").is(201);
    }
  }

  @Tag("R26")
  @Nested
  class AHeader {
    private static final Map<String, String> IDENTITY =
        Map.of(
            "X-Forwarded-User", "somebody",
            "X-User-Id", "somebody",
            "X-Amzn-Oidc-Identity", "somebody",
            "X-Sub", "somebody",
            "X-Tenant", "other",
            "X-Original-Url", "/v1/challenges",
            "X-Http-Method-Override", "DELETE",
            "Forwarded", "for=203.0.113.7");

    @Test
    void saysNothingOfWhoCalls() {
      Answer plain = user.get("/v1/factors").is(200);
      assertThat(user.send("GET", "/v1/factors", null, IDENTITY).is(200).body())
          .isEqualTo(plain.body());
    }

    @Test
    void admitsNobody() {
      STILE.api().send("GET", "/v1/factors", null, IDENTITY).refuses(401, "unauthenticated");
    }

    @Test
    void saysNothingOfWhereTheCallerIs() {
      Mailbox phone = user.phoneBesides(app);
      phone.rest();
      user.ask("action", "login", "factor_id", phone.id()).is(201);
      for (String address : List.of("198.51.100.7", "2001:db8::7", "x", "")) {
        user.send(
                "POST",
                "/v1/challenges",
                Body.of("action", "login", "factor_id", phone.id()),
                Map.of("X-Forwarded-For", address, "X-Real-Ip", address))
            .refuses(429, "resend_too_soon");
      }
    }

    @Test
    void changesNoLimitOfGuesses() {
      String id = user.challenge("login", app).id();
      for (int left = 4; left >= 0; left--) {
        Answer wrong =
            user.send(
                "POST",
                "/v1/challenges/" + id + "/verify",
                Body.of("code", app.wrong(left)),
                Map.of("X-Forwarded-For", "198.51.100." + left));
        assertThat(wrong.refuses(422, "code_incorrect").at("/attempts_left").asInt())
            .isEqualTo(left);
      }
      user.verify(id, app.code()).refuses(423, "factor_locked");
    }
  }
}
