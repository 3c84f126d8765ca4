package dev.stile.lambda.cognito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.audit.Log;
import dev.stile.aws.runtime.TriggerSurroundings;
import dev.stile.lambda.cognito.UserPool.SignInFlow;
import dev.stile.memory.InMemorySignIns;
import dev.stile.signin.SignIn;
import dev.stile.signin.SignIns;
import dev.stile.signin.StepUps;
import dev.stile.testing.Race;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {
  private static final String ANN = "f2a5a4c4-20b1-70d5-5a3e-0d5a3f1f6a01";
  private static final String EVE = "0b9c1c7e-6e5b-4a5a-8f0b-7a1f3d5e7c11";
  private static final String SRP = step("SRP_A", true);
  private static final String PASSWORD = step("PASSWORD_VERIFIER", true);

  private final FakeStepUps stile = new FakeStepUps("sms");
  private final List<Map<String, Object>> log = new ArrayList<>();
  private final UserPool pool = pool(stile, new InMemorySignIns());

  private record Around(StepUps stepUps, SignIns signIns, Clock clock, Log log)
      implements TriggerSurroundings {}

  private UserPool pool(StepUps stepUps, SignIns signIns) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
    return new UserPool(new Around(stepUps, signIns, clock, log::add));
  }

  private static String step(String name, boolean result) {
    return "{\"challengeName\":\"" + name + "\",\"challengeResult\":" + result + "}";
  }

  private static String ours(boolean result) {
    String step = step("CUSTOM_CHALLENGE", result);
    return step.replace("}", ",\"challengeMetadata\":\"chl_1 sms\"}");
  }

  private static String session(String... steps) {
    return "[" + String.join(",", steps) + "]";
  }

  @Nested
  class ASignIn {
    private final SignInFlow flow = pool.signIn(ANN);

    @Test
    void hasTokensThatTellWhatWasProven() {
      flow.challenge();
      assertThat(flow.answer(FakeStepUps.CODE)).isTrue();
      JsonNode claims = flow.accessToken();
      assertThat(claims.get("stile_acr").asText()).isEqualTo("aal2");
      assertThat(claims.get("stile_amr").asText()).isEqualTo("otp sms");
      assertThat(claims.get("stile_txn").asText()).isEqualTo("chl_1");
      assertThat(claims).hasSize(3);
    }

    /// Only ids: no code, no address, no part of one.
    @Test
    @Tag("R27")
    void showsTheClientAnIdAndAMethodAndNothingElse() {
      JsonNode shown = flow.challenge();
      assertThat(shown.get("challenge").asText()).isEqualTo("chl_1");
      assertThat(shown.get("type").asText()).isEqualTo("sms");
      assertThat(shown).hasSize(2);
    }

    @Test
    void staysWithItsChallengeAfterAWrongAnswer() {
      flow.challenge();
      assertThat(flow.answer("000000")).isFalse();
      assertThat(flow.mayAnswerAgain()).isTrue();
      assertThat(flow.challenge().get("challenge").asText()).isEqualTo("chl_1");
      assertThat(stile.opened()).isEqualTo(1);
      assertThat(flow.answer(FakeStepUps.CODE)).isTrue();
      assertThat(flow.accessToken()).hasSize(3);
    }

    @Test
    @Tag("R04")
    void endsAfterFiveWrongAnswers() {
      for (int i = 0; i < 5; i++) {
        assertThat(flow.mayAnswerAgain()).isTrue();
        flow.challenge();
        assertThat(flow.answer("00000" + i)).isFalse();
      }
      assertThat(flow.mayAnswerAgain()).isFalse();
      assertThat(flow.isRight(FakeStepUps.CODE)).isFalse();
      assertThat(flow.accessToken()).isEmpty();
    }

    @Test
    void endsAfterAWrongPasskey() {
      SignInFlow other = pool(new FakeStepUps("webauthn"), new InMemorySignIns()).signIn(ANN);
      JsonNode shown = other.challenge();
      assertThat(shown.get("webauthn").asText()).isEqualTo("{\"challenge\":\"AA\"}");
      assertThat(other.answer("{}")).isFalse();
      assertThat(other.mayAnswerAgain()).isFalse();
    }

    @Test
    @Tag("R03")
    void isNotDoneTwiceWithOneCode() {
      flow.challenge();
      assertThat(flow.isRight(FakeStepUps.CODE)).isTrue();
      assertThat(flow.isRight(FakeStepUps.CODE)).isFalse();
    }

    @Test
    @Tag("R03")
    void isDoneOnceByTwoAnswersInParallel() {
      for (int round = 0; round < 20; round++) {
        SignInFlow raced = pool.signIn(ANN);
        raced.challenge();
        List<Boolean> all = Race.of(2, i -> raced.isRight(FakeStepUps.CODE));
        assertThat(all).containsExactlyInAnyOrder(true, false);
      }
    }

    /// Even if Stile itself told twice.
    @Test
    @Tag("R03")
    void isNotDoneTwiceInOneTransaction() {
      StepUps twice =
          new StepUps() {
            @Override
            public Opening open(String user) {
              return stile.open(user);
            }

            @Override
            public Outcome answer(String user, Asked asked, String answer) {
              return new Outcome.Approved(
                  new SignIn.Proof("aal2", List.of("otp"), asked.challenge()));
            }
          };
      SignInFlow other = pool(twice, new InMemorySignIns()).signIn(ANN);
      other.challenge();
      assertThat(other.isRight("1")).isTrue();
      assertThat(other.isRight("1")).isFalse();
    }
  }

  @Nested
  class Define {
    /// A10: no other order leads to tokens, and no step can be left out.
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "ours",
          "srp,ours",
          "password,ours",
          "password,srp,ours",
          "srp,password,wrong,wrong,wrong,wrong,wrong",
          "srp,badPassword,ours",
          "badSrp,password,ours",
          "srp,password,ours,srp",
          "srp,password,ours,password",
          "srp,password,unknown",
          "srp,password,failed,ours",
          "ours,srp,password"
        })
    @Tag("A10")
    void leadsToTokensInOneOrderOnly(String steps) {
      JsonNode next = define(steps);
      assertThat(next.path("issueTokens").asBoolean()).isFalse();
      assertThat(next.path("failAuthentication").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "srp,password,ours",
          "srp,password,wrong,ours",
          "srp,password,newPassword,ours",
          "srp,password,wrong,wrong,wrong,wrong,ours"
        })
    void leadsToTokensThroughAPasswordAndAFactor(String steps) {
      assertThat(define(steps).path("issueTokens").asBoolean()).isTrue();
    }

    @Test
    void asksUsersWhoDoNotExistForAPasswordAndNeverForAFactor() {
      String event = UserPool.event("define", Map.of("SUB", ANN, "SESSION", session(SRP)));
      assertThat(missing(event, session(SRP)).path("challengeName").asText())
          .isEqualTo("PASSWORD_VERIFIER");
      assertThat(missing(event, session(SRP, PASSWORD)).path("failAuthentication").asBoolean())
          .isTrue();
    }

    private JsonNode missing(String event, String session) {
      return pool.defineUnknown(event.replace(session(SRP), session));
    }

    private JsonNode define(String steps) {
      List<String> session = new ArrayList<>();
      for (String step : steps.isEmpty() ? new String[0] : steps.split(",", -1)) {
        session.add(
            switch (step) {
              case "srp" -> SRP;
              case "badSrp" -> step("SRP_A", false);
              case "password" -> PASSWORD;
              case "badPassword" -> step("PASSWORD_VERIFIER", false);
              case "newPassword" -> step("NEW_PASSWORD_REQUIRED", true);
              case "ours" -> ours(true);
              case "wrong" -> ours(false);
              case "failed" -> step("SMS_MFA", false);
              default -> step("DEVICE_SRP_AUTH", false);
            });
      }
      return pool.define(ANN, "[" + String.join(",", session) + "]");
    }
  }

  @Nested
  class Abuse {
    @Test
    void ofAnAnswerBeforeTheChallengeIsWrong() {
      for (String parameters : List.of("null", "{}", "{\"challenge\":\"chl_1\"}")) {
        assertThat(pool.verify(ANN, parameters, FakeStepUps.CODE).get("answerCorrect").asBoolean())
            .isFalse();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void ofAnEmptyAnswerIsWrongAndNoGuess(String answer) {
      SignInFlow flow = pool.signIn(ANN);
      flow.challenge();
      for (int i = 0; i < 6; i++) {
        assertThat(flow.isRight(answer)).isFalse();
        assertThat(flow.isRight(null)).isFalse();
      }
      assertThat(flow.isRight(FakeStepUps.CODE)).isTrue();
    }

    @Test
    @Tag("R05")
    void ofAnothersSessionIsWrong() {
      SignInFlow flow = pool.signIn(ANN);
      flow.challenge();
      String anns = "{\"challenge\":\"chl_1\",\"type\":\"sms\"}";
      assertThat(pool.verify(EVE, anns, FakeStepUps.CODE).get("answerCorrect").asBoolean())
          .isFalse();
      assertThat(flow.isRight(FakeStepUps.CODE)).isTrue();
    }

    @Test
    void ofAnotherMethodIsWrong() {
      pool.signIn(ANN).challenge();
      String other = "{\"challenge\":\"chl_1\",\"type\":\"totp\"}";
      assertThat(pool.verify(ANN, other, FakeStepUps.CODE).get("answerCorrect").asBoolean())
          .isFalse();
    }

    /// What was proven is told by the tokens of that sign-in, and of no other.
    @Test
    void ofAProofForOtherTokensComesToNothing() {
      SignInFlow flow = pool.signIn(ANN);
      flow.challenge();
      flow.answer(FakeStepUps.CODE);
      assertThat(claims(EVE, PreTokenGenerationHandler.SIGN_IN)).isEmpty();
      for (String source :
          List.of(
              "TokenGeneration_RefreshTokens",
              "TokenGeneration_HostedAuth",
              "TokenGeneration_AuthenticateDevice",
              "TokenGeneration_NewPasswordChallenge")) {
        assertThat(claims(ANN, source)).isEmpty();
      }
      assertThat(flow.accessToken()).hasSize(3);
      assertThat(claims(ANN, PreTokenGenerationHandler.SIGN_IN)).isEmpty();
    }

    private JsonNode claims(String sub, String source) {
      return pool.tokens(sub, source)
          .at("/claimsAndScopeOverrideDetails/accessTokenGeneration/claimsToAddOrOverride");
    }
  }

  @Nested
  @Tag("R32")
  class AnOutage {
    @Test
    void opensNothing() {
      stile.goDown();
      SignInFlow flow = pool.signIn(ANN);
      assertThatExceptionOfType(SignInFailed.class)
          .isThrownBy(flow::challenge)
          .withMessage("unavailable");
    }

    /// Neither right nor wrong.
    @Test
    void judgesNothing() {
      SignInFlow flow = pool.signIn(ANN);
      flow.challenge();
      stile.goDown();
      assertThatExceptionOfType(SignInFailed.class)
          .isThrownBy(() -> flow.isRight(FakeStepUps.CODE))
          .withMessage("unavailable");
    }

    @Test
    void ofTheTableLetsNobodyIn() {
      SignIns broken =
          new SignIns() {
            @Override
            public boolean remember(SignIn signIn) {
              throw new IllegalStateException("down");
            }

            @Override
            public Optional<SignIn.Proof> take(SignIn.Place place, Instant now) {
              throw new IllegalStateException("down");
            }
          };
      SignInFlow flow = pool(stile, broken).signIn(ANN);
      flow.challenge();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> flow.isRight(FakeStepUps.CODE));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> pool(stile, broken).tokens(ANN, PreTokenGenerationHandler.SIGN_IN));
    }
  }

  @Test
  void tellsWhyItAsksForNothing() {
    stile.refuse("no_factor");
    SignInFlow flow = pool.signIn(ANN);
    assertThatExceptionOfType(SignInFailed.class)
        .isThrownBy(flow::challenge)
        .withMessage("no_factor");
  }

  @Test
  @Tag("R27")
  void logsOutcomesAndNobody() {
    SignInFlow flow = pool.signIn(ANN);
    flow.challenge();
    flow.answer("000000");
    flow.challenge();
    flow.answer(FakeStepUps.CODE);
    flow.accessToken();
    assertThat(log)
        .extracting(line -> line.get("outcome"))
        .containsExactly("opened", "code_incorrect", "approved", "told");
    assertThat(log.toString())
        .doesNotContain(ANN)
        .doesNotContain("ann@example.com")
        .doesNotContain(FakeStepUps.CODE)
        .doesNotContain("chl_1");
  }
}
