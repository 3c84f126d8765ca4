package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What guessing brings: five tries a challenge, a delay that no trick shortens, and one success.
class GuessingTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  private static final int CROWD = 50;
  private final User user = STILE.user();

  private static long count(List<Answer> answers, int status) {
    return answers.stream().filter(answer -> answer.status() == status).count();
  }

  private void fail(String challenge, Authenticator app, int times) {
    for (int i = 0; i < times; i++) {
      user.verify(challenge, app.wrong(i)).refuses(422, "code_incorrect");
    }
  }

  @Nested
  class AChallenge {
    private final Authenticator app = user.app();

    @Test
    void takesFiveWrongGuesses() {
      String id = user.challenge("login", app).id();
      for (int left = 4; left >= 0; left--) {
        Answer wrong = user.verify(id, app.wrong(left)).refuses(422, "code_incorrect");
        assertThat(wrong.at("/attempts_left").asInt()).isEqualTo(left);
        assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(left);
      }
      assertThat(user.read(id).text("/status")).isEqualTo("failed");
    }

    @Test
    void answersTheSixthGuessWithTheDelayAndThenAsUsedUp() {
      String id = user.challenge("login", app).id();
      fail(id, app, 5);
      Answer delayed = user.verify(id, app.code()).refuses(423, "factor_locked");
      STILE.time().until(delayed.moment("/retry_at"));
      Answer usedUp = user.verify(id, app.code()).refuses(429, "too_many_attempts");
      assertThat(usedUp.at("/attempts_left").asInt()).isZero();
    }

    @Test
    void isOverForEverythingElseTooOnceGuessesAreUsedUp() {
      String id = user.challenge("login", app).id();
      fail(id, app, 5);
      user.cancel(id).refuses(429, "too_many_attempts");
      user.resend(id).refuses(429, "too_many_attempts");
      user.change(id, app).refuses(429, "too_many_attempts");
    }

    @Tag("R24")
    @Test
    void answersRightAndWrongCodesAlikeWhileDelayed() {
      String id = user.challenge("login", app).id();
      fail(id, app, 5);
      app.rest();
      Answer right = user.verify(id, app.code());
      assertThat(user.verify(id, app.wrong()).anonymous()).isEqualTo(right.anonymous());
    }

    @Tag("R24")
    @Test
    void answersRightAndWrongCodesAlikeOnceGuessesAreUsedUp() {
      String id = user.challenge("login", app).id();
      fail(id, app, 5);
      STILE.time().advance(Duration.ofSeconds(31));
      Answer right = user.verify(id, app.code()).refuses(429, "too_many_attempts");
      assertThat(user.verify(id, app.wrong()).anonymous()).isEqualTo(right.anonymous());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"12345\"",
          "\"123456789\"",
          "\"12345a\"",
          "\"12 345\"",
          "\" 123456\"",
          "\"123456\\n\"",
          "\"+12345\"",
          "\"-12345\"",
          "\"0x1234\"",
          "\"1e5000\"",
          "\"\"",
          "\"١٢٣٤٥٦\"",
          "\"１２３４５６\"",
          "\"123456\\u0000\"",
          "123456",
          "0.123456",
          "null",
          "true",
          "[\"123456\"]",
          "{\"code\":\"123456\"}"
        })
    void doesNotCountWhatIsNoCode(String code) {
      String id = user.challenge("login", app).id();
      user.post("/v1/challenges/" + id + "/verify", "{\"code\":" + code + "}")
          .refuses(400, "invalid_request");
      assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(5);
      user.verify(id, app.code()).is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "", "\"123456\"", "{\"credential\":{}}", "{\"code\"}"})
    void doesNotCountWhatIsNoAnswer(String body) {
      String id = user.challenge("login", app).id();
      user.post("/v1/challenges/" + id + "/verify", body).refuses(400, "invalid_request");
      assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(5);
    }

    @Test
    void countsACodeOfTheWrongLength() {
      String id = user.challenge("login", app).id();
      user.verify(id, "00" + app.code()).refuses(422, "code_incorrect");
      assertThat(user.read(id).at("/attempts_left").asInt()).isEqualTo(4);
    }

    @Test
    void countsForTheCodeOfAPhoneToo() {
      User other = STILE.user();
      Mailbox phone = other.phone();
      String id = other.challenge("login", phone).id();
      String code = phone.code();
      for (int left = 4; left >= 0; left--) {
        Answer wrong = other.verify(id, Mailbox.wrong(code, left)).refuses(422, "code_incorrect");
        assertThat(wrong.at("/attempts_left").asInt()).isEqualTo(left);
      }
      other.verify(id, code).refuses(423, "factor_locked");
      STILE.time().advance(Duration.ofSeconds(31));
      other.verify(id, code).refuses(429, "too_many_attempts");
    }
  }

  @Nested
  class ACode {
    @Test
    void keepsItsLeadingZeros() {
      Authenticator app = user.app();
      long step =
          Stream.iterate(app.step(STILE.time().instant()) + 1, n -> n + 1)
              .filter(n -> app.codeOf(n).startsWith("0"))
              .findFirst()
              .orElseThrow();
      STILE.time().until(app.begin(step));
      user.signIn();
      String id = user.ask("action", "login").is(201).id();
      String code = app.codeOf(step);
      assertThat(code).startsWith("0");
      user.post("/v1/challenges/" + id + "/verify", Body.of("code", Integer.parseInt(code)))
          .refuses(400, "invalid_request");
      user.verify(id, code.replaceFirst("^0", "") + "0").refuses(422, "code_incorrect");
      user.verify(id, code).is(200);
    }

    @Tag("R10")
    @Test
    void isRefusedAgainInItsOwnStep() {
      Authenticator app = user.app();
      app.startStep();
      String code = usedUpBy(app);
      replay(app, code).refuses(422, "code_already_used");
    }

    @Tag("R10")
    @Test
    void isRefusedTwentyNineSecondsLater() {
      Authenticator app = user.app();
      app.startStep();
      Instant used = STILE.time().instant();
      String code = usedUpBy(app);
      STILE.time().until(used.plusSeconds(29));
      replay(app, code).refuses(422, "code_already_used");
    }

    @Tag("R10")
    @Test
    void isRefusedThirtyOneSecondsLater() {
      Authenticator app = user.app();
      app.startStep();
      Instant used = STILE.time().instant();
      String code = usedUpBy(app);
      STILE.time().until(used.plusSeconds(31));
      replay(app, code).refuses(422, "code_already_used");
    }

    @Test
    void isJustWrongOnceItsWindowIsOver() {
      Authenticator app = user.app();
      app.startStep();
      String code = usedUpBy(app);
      STILE.time().advance(Duration.ofSeconds(61));
      replay(app, code).refuses(422, "code_incorrect");
    }

    @Test
    void countsAsAFailureWhenReplayed() {
      Authenticator app = user.app();
      app.startStep();
      String code = usedUpBy(app);
      Answer replayed = replay(app, code);
      assertThat(replayed.at("/attempts_left").asInt()).isEqualTo(4);
    }

    @Test
    void isJustWrongForAnotherSessionThatDidNotUseIt() {
      Authenticator app = user.app();
      app.startStep();
      String code = usedUpBy(app);
      user.signIn();
      replay(app, code).refuses(422, "code_incorrect");
    }

    @Tag("R10")
    @Test
    void ofTheActivationIsNoFirstLogin() {
      Authenticator app = user.pendingApp(null);
      app.startStep();
      String code = app.code();
      user.activate(app.id(), code, null).is(200);
      replay(app, code).refuses(422, "code_already_used");
    }

    @Tag("R09")
    @Test
    void ofTheStepBeforeIsAccepted() {
      Authenticator app = user.app();
      app.rest();
      app.startStep();
      String id = user.ask("action", "login").is(201).id();
      user.verify(id, app.codeAt(STILE.time().instant().minusSeconds(30))).is(200);
    }

    @Tag("R09")
    @Test
    void ofTwoStepsBeforeIsRefused() {
      Authenticator app = user.app();
      STILE.time().advance(Duration.ofSeconds(90));
      String id = user.ask("action", "login").is(201).id();
      user.verify(id, app.codeAt(STILE.time().instant().minusSeconds(60)))
          .refuses(422, "code_incorrect");
    }

    @Tag("R09")
    @Test
    void ofTheStepToComeIsRefused() {
      Authenticator app = user.app();
      app.startStep();
      String id = user.ask("action", "login").is(201).id();
      user.verify(id, app.codeAt(STILE.time().instant().plusSeconds(30)))
          .refuses(422, "code_incorrect");
    }

    @Tag("R09")
    @Test
    void ofAClockAheadIsAcceptedOnceThatWasLearnedAtActivation() {
      Authenticator app = user.pendingApp(null);
      app.startStep();
      user.activate(app.id(), app.codeAt(STILE.time().instant().plusSeconds(30)), null).is(200);
      app.startStep();
      String id = user.ask("action", "login").is(201).id();
      user.verify(id, app.codeAt(STILE.time().instant().plusSeconds(30))).is(200);
    }

    private String usedUpBy(Authenticator app) {
      String code = app.code();
      user.verify(user.ask("action", "login").is(201).id(), code).is(200);
      return code;
    }

    private Answer replay(Authenticator app, String code) {
      return user.verify(user.ask("action", "login", "factor_id", app.id()).is(201).id(), code);
    }
  }

  @Tag("R04")
  @Nested
  class TheCountOfFailures {
    private final Authenticator app = user.app();

    @Test
    void survivesANewChallenge() {
      fail(user.challenge("login", app).id(), app, 4);
      String id = user.challenge("login", app).id();
      fail(id, app, 1);
      user.verify(id, app.code()).refuses(423, "factor_locked");
    }

    @Test
    void survivesANewSession() {
      fail(user.challenge("login", app).id(), app, 4);
      user.signIn();
      String id = user.challenge("login", app).id();
      fail(id, app, 1);
      user.verify(id, app.code()).refuses(423, "factor_locked");
    }

    @Test
    void survivesACancellation() {
      String first = user.challenge("login", app).id();
      fail(first, app, 4);
      user.cancel(first).is(200);
      String id = user.challenge("login", app).id();
      fail(id, app, 1);
      user.verify(id, app.code()).refuses(423, "factor_locked");
    }

    @Test
    void survivesAResend() {
      Mailbox phone = user.phoneBesides(app);
      String id = user.challenge("login", phone).id();
      String first = phone.code();
      for (int i = 0; i < 3; i++) {
        user.verify(id, Mailbox.wrong(first, i)).refuses(422, "code_incorrect");
      }
      STILE.time().advance(Duration.ofMinutes(4));
      Answer renewed = user.resend(id).is(200);
      assertThat(renewed.at("/attempts_left").asInt()).isEqualTo(2);
      String second = phone.code();
      for (int left = 1; left >= 0; left--) {
        Answer wrong = user.verify(id, Mailbox.wrong(second, left)).refuses(422, "code_incorrect");
        assertThat(wrong.at("/attempts_left").asInt()).isEqualTo(left);
      }
      user.verify(id, second).refuses(423, "factor_locked");
    }

    @Test
    void survivesASwitchAwayAndBack() {
      Mailbox phone = user.phoneBesides(app);
      Answer first = user.challenge("login", app);
      fail(first.id(), app, 4);
      phone.rest();
      Answer second = user.change(first.id(), phone).is(201);
      Answer third = user.change(second.id(), app).is(201);
      fail(third.id(), app, 1);
      user.verify(third.id(), app.code()).refuses(423, "factor_locked");
    }

    @Test
    void ofOneFactorDelaysNoOther() {
      Authenticator other = user.appBesides(app);
      fail(user.challenge("login", app).id(), app, 5);
      user.approve("login", other);
    }

    @Test
    void isZeroAgainAfterASuccess() {
      fail(user.challenge("login", app).id(), app, 4);
      user.approve("login", app);
      fail(user.challenge("login", app).id(), app, 4);
      user.approve("login", app);
    }

    @Test
    void isShownAsTheMomentWhenTheDelayEnds() {
      String id = user.challenge("login", app).id();
      fail(id, app, 5);
      Answer delayed = user.verify(id, app.code()).refuses(423, "factor_locked");
      assertThat(delayed.header("Retry-After").map(Integer::valueOf))
          .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(28, 30));
      assertThat(user.factor(app.id()).text("/locked_until")).isEqualTo(delayed.text("/retry_at"));
      assertThat(user.factor(app.id()).text("/status")).isEqualTo("active");
    }

    @Test
    void delaysByThirtySecondsDoubledUpToAnHour() {
      Instant failed = failFrom(user.challenge("login", app).id(), 5);
      for (int seconds : new int[] {30, 60, 120, 240, 480, 960, 1920, 3600, 3600}) {
        Instant free = failed.plusSeconds(seconds);
        STILE.time().until(free.minusSeconds(15));
        String id = user.signIn().ask("action", "login").is(201).id();
        STILE.time().until(free.minusSeconds(1));
        user.verify(id, app.wrong()).refuses(423, "factor_locked");
        STILE.time().until(free);
        failed = failFrom(id, 1);
        user.cancel(id).is(200);
      }
    }

    @Test
    void letsNoChallengeBeOpenedThatWouldEndBeforeTheDelay() {
      Instant failed = failFrom(user.challenge("login", app).id(), 5);
      for (int seconds : new int[] {30, 60}) {
        STILE.time().until(failed.plusSeconds(seconds));
        failed = failFrom(user.ask("action", "login").is(201).id(), 1);
      }
      Answer refused = user.ask("action", "login", "expires_in", 60).refuses(423, "factor_locked");
      assertThat(refused.moment("/retry_at"))
          .isBetween(failed.plusSeconds(115), failed.plusSeconds(121));
    }

    @Test
    void disablesTheFactorAtFifty() {
      Authenticator other = user.appBesides(app);
      Instant failed = failFrom(user.challenge("login", app).id(), 5);
      for (int failures = 5; failures < 50; failures++) {
        STILE.time().until(failed.plus(Duration.ofHours(1)));
        String id = user.signIn().ask("action", "login", "factor_id", app.id()).is(201).id();
        failed = failFrom(id, 1);
      }
      STILE.time().advance(Duration.ofHours(2));
      user.signIn().ask("action", "login", "factor_id", app.id()).refuses(409, "no_factor");
      assertThat(user.factor(app.id()).text("/status")).isEqualTo("disabled");
      assertThat(user.ask("action", "login").is(201).text("/factor/id")).isEqualTo(other.id());
    }

    /// The moment after the last of these failures.
    private Instant failFrom(String challenge, int times) {
      fail(challenge, app, times);
      return STILE.time().instant();
    }
  }

  @Nested
  class ManyAtOnce {
    @Tag("R03")
    @Test
    void withTheRightCodeOfAnAppHaveOneSuccess() {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      String code = app.code();
      List<Answer> answers = Race.of(CROWD, i -> user.verify(id, code));
      assertThat(count(answers, 200)).isEqualTo(1);
      assertThat(count(answers, 409) + count(answers, 422)).isEqualTo(CROWD - 1);
    }

    @Tag("R03")
    @Test
    void withTheRightCodeOfAPhoneHaveOneSuccess() {
      Mailbox phone = user.phone();
      String id = user.challenge("login", phone).id();
      String code = phone.code();
      List<Answer> answers = Race.of(CROWD, i -> user.verify(id, code));
      assertThat(count(answers, 200)).isEqualTo(1);
      assertThat(count(answers, 409)).isEqualTo(CROWD - 1);
    }

    @Test
    void withOneCodeOnTwoChallengesHaveOneSuccess() {
      Authenticator app = user.app();
      app.rest();
      List<String> ids = twoChallenges();
      String code = app.code();
      List<Answer> answers = Race.of(CROWD, i -> user.verify(ids.get(i % 2), code));
      assertThat(count(answers, 200)).isEqualTo(1);
    }

    @Test
    void whoGuessAtAnAppAreJudgedFiveTimes() {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      List<Answer> answers = guess(app, List.of(id));
      assertThat(count(answers, 422) + count(answers, 200)).isLessThanOrEqualTo(5);
    }

    @Test
    void whoGuessAtAPhoneAreJudgedFiveTimes() {
      Mailbox phone = user.phone();
      String id = user.challenge("login", phone).id();
      String code = phone.code();
      List<Answer> answers =
          Race.of(CROWD, i -> user.verify(id, i == CROWD - 1 ? code : Mailbox.wrong(code, i)));
      assertThat(count(answers, 422) + count(answers, 200)).isEqualTo(5);
    }

    @Tag("R04")
    @Test
    void whoGuessAtTwoChallengesOfAnAppAreJudgedFiveTimes() {
      Authenticator app = user.app();
      app.rest();
      List<Answer> answers = guess(app, twoChallenges());
      assertThat(count(answers, 422) + count(answers, 200)).isEqualTo(5);
      assertThat(count(answers, 423)).isEqualTo(CROWD - 5);
    }

    @Test
    void whoOpenChallengesHaveNoMoreThanFour() {
      Authenticator app = user.app();
      List<Answer> answers =
          Race.of(CROWD, i -> user.ask("action", "login", "factor_id", app.id()));
      assertThat(count(answers, 201)).isEqualTo(4);
    }

    @Tag("R06")
    @Test
    void whoResendSendOnce() {
      Mailbox phone = user.phone();
      String id = user.challenge("login", phone).id();
      user.delivered(id);
      phone.rest();
      List<Answer> answers = Race.of(CROWD, i -> user.resend(id));
      assertThat(count(answers, 200)).isEqualTo(1);
      assertThat(count(answers, 429)).isEqualTo(CROWD - 1);
      user.delivered(id);
      assertThat(phone.messages()).hasSize(3);
    }

    private List<String> twoChallenges() {
      return Stream.generate(() -> user.ask("action", "login").is(201).id()).limit(2).toList();
    }

    /// Wrong codes, the right one last, spread over the challenges.
    private List<Answer> guess(Authenticator app, List<String> challenges) {
      String code = app.code();
      List<String> wrong = Stream.iterate(0, i -> i + 1).limit(CROWD).map(app::wrong).toList();
      return Race.of(
          CROWD,
          i ->
              user.verify(
                  challenges.get(i % challenges.size()),
                  Optional.of(code).filter(any -> i == CROWD - 1).orElse(wrong.get(i))));
    }
  }
}
