package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way back in, for a user who has lost every factor, and what it may not open.
@Tag("R12")
class RecoveryTest {
  private static final String INSUFFICIENT = "insufficient_user_authentication";
  private static final String WRONG = "0000-0000-0000-0000-0000-000";
  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder();

  private final User user = STILE.user();
  private final Authenticator app = user.app();

  private Answer make(@Nullable String grant) {
    Map<String, String> headers = grant == null ? Map.of() : Map.of("Stile-Grant", grant);
    return user.send("POST", "/v1/recovery-codes", null, headers);
  }

  private List<String> codes() {
    Answer made = make(user.grant(User.MANAGE, app)).is(201);
    List<String> codes = new ArrayList<>();
    made.at("/codes").forEach(code -> codes.add(code.asText()));
    return codes;
  }

  private Answer redeem(String code) {
    return user.post("/v1/verifications", Body.of("action", User.MANAGE, "recovery_code", code));
  }

  private static String wrong(int number) {
    return WRONG + number;
  }

  private String recovered() {
    return redeem(codes().getFirst()).is(200).grant();
  }

  private Answer readiness() {
    return user.get("/v1/readiness").is(200);
  }

  private List<String> hints() {
    List<String> hints = new ArrayList<>();
    readiness().at("/hints").forEach(hint -> hints.add(hint.at("/code").asText()));
    return hints;
  }

  @Nested
  class MakingThem {
    @Test
    void showsTenOnce() {
      assertThat(codes()).hasSize(10).doesNotHaveDuplicates();
      assertThat(readiness().at("/recovery_codes/left").asInt()).isEqualTo(10);
      assertThat(readiness().moment("/recovery_codes/created_at"))
          .isBetween(STILE.time().instant().minusSeconds(60), STILE.time().instant());
    }

    @Test
    void takesTheGrantOfAChange() {
      Answer refused = make(null).refuses(401, INSUFFICIENT);
      assertThat(refused.text("/action")).isEqualTo(User.MANAGE);
      assertThat(refused.text("/acr_values")).isEqualTo("aal2");
      make(user.grant("login", app)).refuses(401, INSUFFICIENT);
      User other = STILE.user();
      make(other.grant(User.MANAGE, other.app())).refuses(401, INSUFFICIENT);
    }

    @Test
    void usesTheGrantUp() {
      String grant = user.grant(User.MANAGE, app);
      make(grant).is(201);
      make(grant).refuses(409, "grant_consumed");
      user.enroll(grant, "type", "totp").refuses(409, "grant_consumed");
    }

    @Test
    void takesAFactor() {
      User nobody = STILE.user();
      nobody.send("POST", "/v1/recovery-codes", null, Map.of()).refuses(409, "no_factor");
    }

    @Test
    void takesNoBody() {
      user.post("/v1/recovery-codes", "{}").refuses(400, "invalid_request");
    }

    @Test
    void killsTheOldSet() {
      String old = codes().getFirst();
      codes();
      redeem(old).refuses(422, "code_incorrect");
      assertThat(readiness().at("/recovery_codes/left").asInt()).isEqualTo(10);
    }

    @Test
    void isRefusedToAGrantOfARecoveryCode() {
      make(recovered()).refuses(401, INSUFFICIENT);
    }
  }

  @Nested
  class Redeeming {
    @Test
    void grantsManagingFactorsAtALevelOfItsOwn() {
      Answer redeemed = redeem(codes().getFirst()).is(200);
      assertThat(redeemed.text("/grant/acr")).isEqualTo("recovery");
      assertThat(redeemed.at("/grant/amr").toString()).isEqualTo("[\"rc\"]");
      assertThat(redeemed.text("/grant/txn")).startsWith("rcv_");
      assertThat(redeemed.at("/recovery_codes_left").asInt()).isEqualTo(9);
      assertThat(readiness().at("/recovery_codes/left").asInt()).isEqualTo(9);
    }

    @Test
    void takesACodeOnce() {
      String code = codes().getFirst();
      List<Answer> answers = Race.of(5, i -> redeem(code));
      assertThat(answers)
          .extracting(Answer::status)
          .containsExactlyInAnyOrder(200, 422, 422, 422, 422);
      redeem(code).refuses(422, "code_incorrect");
    }

    @Test
    void takesACodeAsItIsTyped() {
      List<String> codes = codes();
      redeem(codes.get(0).toLowerCase(Locale.ROOT)).is(200);
      redeem(codes.get(1).replace("-", " ")).is(200);
      redeem(codes.get(2).replace("-", "").replace('0', 'O').replace('1', 'l')).is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "pay", "unheard-of"})
    void servesNoOtherAction(String action) {
      String code = codes().getFirst();
      user.post("/v1/verifications", Body.of("action", action, "recovery_code", code))
          .refuses(403, "policy_denied");
      redeem(code).is(200);
    }

    @Test
    void stopsWhoeverGuesses() {
      String code = codes().getFirst();
      for (int i = 0; i < 5; i++) {
        Answer wrong = redeem(wrong(i)).refuses(422, "code_incorrect");
        assertThat(wrong.at("/attempts_left").asInt()).isZero();
      }
      Answer delayed = redeem(code).refuses(423, "factor_locked");
      assertThat(delayed.anonymous()).isEqualTo(redeem(wrong(6)).anonymous());
      assertThat(hints()).contains("recovery_codes_locked");
      STILE.time().until(delayed.moment("/retry_at"));
      redeem(code).is(200);
    }

    @Test
    void leavesTheFactorsAlone() {
      codes();
      for (int i = 0; i < 5; i++) {
        redeem(wrong(i)).is(422);
      }
      user.grant("login", app);
    }

    @Test
    void isNothingWithoutCodes() {
      redeem(wrong(0)).refuses(409, "no_factor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456", "0000-0000-0000-0000-0000-000U"})
    void refusesWhatIsNoCode(String code) {
      assertThat(redeem(code).refuses(400, "invalid_request").text("/pointer"))
          .isEqualTo("/recovery_code");
    }

    @Test
    void takesOneAnswerAtATime() {
      String both = Body.of("action", User.MANAGE, "recovery_code", wrong(0), "code", "123456");
      assertThat(
              user.post("/v1/verifications", both).refuses(400, "invalid_request").text("/pointer"))
          .isEqualTo("/code");
    }

    @Test
    void takesTheCodesOfItsOwnUser() {
      String code = codes().getFirst();
      User other = STILE.user();
      Authenticator theirs = other.app();
      String grant = other.grant(User.MANAGE, theirs);
      other.send("POST", "/v1/recovery-codes", null, Map.of("Stile-Grant", grant)).is(201);
      other
          .post("/v1/verifications", Body.of("action", User.MANAGE, "recovery_code", code))
          .refuses(422, "code_incorrect");
    }
  }

  @Nested
  class TheGrant {
    private final String grant = recovered();
    private final Authenticator bound = user.activated(user.pendingApp(grant), grant);

    @Test
    void bindsOneFactor() {
      user.enroll(grant, "type", "totp").refuses(409, "grant_consumed");
    }

    @Tag("R19")
    @Test
    void removesNone() {
      String another = recovered();
      user.remove(app.id(), another).refuses(401, INSUFFICIENT);
      user.remove(bound.id(), another).refuses(401, INSUFFICIENT);
      user.factor(app.id()).is(200);
    }

    @Tag("R18")
    @Test
    void capsItsFactorForADay() {
      Answer shown = user.factor(bound.id()).is(200);
      assertThat(shown.text("/acr")).isEqualTo("recovery");
      assertThat(shown.moment("/capped_until"))
          .isAfter(STILE.time().instant().plus(Duration.ofHours(23)));
      assertThat(hints()).contains("factor_capped");

      assertThat(user.approve("login", bound).text("/grant/acr")).isEqualTo("recovery");
      user.ask("action", User.MANAGE, "factor_id", bound.id()).refuses(409, "no_factor");
      user.ask("action", "pay", "acr_values", "aal1", "factor_id", bound.id())
          .refuses(409, "no_factor");

      STILE.time().until(shown.moment("/capped_until"));
      user.signIn();
      assertThat(user.factor(bound.id()).text("/acr")).isEqualTo("aal2");
      assertThat(user.factor(bound.id()).at("/capped_until").isMissingNode()).isTrue();
      user.remove(app.id(), user.grant(User.MANAGE, bound)).is(204);
    }

    @Test
    void takesNoPlaceOfTheOldOnes() {
      assertThat(user.challenge("login", app).text("/decision/acr")).isEqualTo("aal2");
      app.rest();
      assertThat(user.ask("action", "login").is(201).text("/factor/id")).isEqualTo(app.id());
      user.remove(bound.id(), user.grant(User.MANAGE, app)).is(204);
    }
  }

  @Nested
  class BoundWithTheUsualGrant {
    @Test
    void aFactorIsNotCapped() {
      Mailbox phone = user.phoneBesides(app);
      assertThat(user.factor(phone.id()).text("/acr")).isEqualTo("aal2");
      assertThat(user.factor(phone.id()).at("/capped_until").isMissingNode()).isTrue();
    }
  }

  @Nested
  class Readiness {
    @Test
    void tellsWhatIsThereAndWhatIsMissing() {
      Answer ready = readiness();
      assertThat(ready.at("/factors").toString())
          .isEqualTo(
              "[{\"type\":\"totp\",\"active\":1,\"locked\":0,\"disabled\":0,\"pending\":0}]");
      assertThat(ready.at("/independent").asBoolean()).isFalse();
      assertThat(ready.at("/recovery_codes").toString()).isEqualTo("{\"left\":0}");
      assertThat(hints()).containsExactly("one_factor", "no_recovery_codes");
    }

    @Test
    void isCompleteWithTwoKindsAndCodes() {
      codes();
      user.phoneBesides(app);
      assertThat(readiness().at("/independent").asBoolean()).isTrue();
      assertThat(hints()).isEmpty();
    }

    @Test
    void warnsOfTheLastCodes() {
      List<String> codes = codes();
      codes.subList(0, 7).forEach(code -> redeem(code).is(200));
      assertThat(hints()).containsExactly("one_factor", "few_recovery_codes");
    }

    @Test
    void namesTheFactorsThatItIsAbout() {
      String id = user.challenge("login", app).id();
      for (int i = 0; i < 5; i++) {
        user.verify(id, app.wrong(i)).is(422);
      }
      assertThat(hints()).contains("factor_locked");
      assertThat(readiness().text("/hints/1/factor_ids/0")).isEqualTo(app.id());
    }

    @Test
    void isThereForWhoeverHasNothing() {
      Answer ready = STILE.user().get("/v1/readiness").is(200);
      assertThat(ready.at("/factors")).isEmpty();
      assertThat(ready.text("/hints/0/code")).isEqualTo("no_factor");
    }
  }
}
