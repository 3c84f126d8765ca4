package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may add and remove factors: whoever logged in just now while there is none, and afterwards
/// only whoever holds one.
class ManagingFactorsTest {
  private static final String INSUFFICIENT = "insufficient_user_authentication";
  private static final Duration FRESH = Duration.ofMinutes(5);
  @RegisterExtension static final RunningStile STILE = RunningStile.withFolder();

  private final User user = STILE.user();

  private static Answer refusesForWantOfAGrant(Answer answer) {
    answer.refuses(401, INSUFFICIENT);
    assertThat(answer.text("/action")).isEqualTo(User.MANAGE);
    assertThat(answer.at("/max_age").asInt()).isEqualTo(300);
    assertThat(answer.header("WWW-Authenticate"))
        .hasValueSatisfying(value ->
            assertThat(value)
                .contains("error=\"" + INSUFFICIENT + "\"")
                .contains("acr_values=\"" + answer.text("/acr_values") + "\"")
                .contains("max_age=\"300\""));
    return answer;
  }

  @Tag("R18")
  @Nested
  class TheFirstFactor {
    @Test
    void takesALoginOfTheLastFiveMinutes() {
      long now = STILE.time().instant().getEpochSecond();
      user.signIn("auth_time", now - FRESH.toSeconds() + 2);
      user.enroll(null, "type", "totp").is(201);
    }

    @Test
    void isRefusedForALoginThatIsOlder() {
      long now = STILE.time().instant().getEpochSecond();
      user.signIn("auth_time", now - FRESH.toSeconds() - 1);
      Answer refused = user.enroll(null, "type", "totp").refuses(401, INSUFFICIENT);
      assertThat(refused.at("/max_age").asInt()).isEqualTo(300);
      assertThat(refused.at("/action").isMissingNode()).isTrue();
    }

    @Test
    void isRefusedForALoginThatDoesNotSayWhenItWas() {
      user.with(
          Tokens.resigned(user.token(), STILE.folder(), claims -> claims.remove("auth_time")));
      user.get("/v1/factors").is(200);
      user.enroll(null, "type", "totp").refuses(401, INSUFFICIENT);
    }

    @Test
    void isRefusedForALoginInTheFuture() {
      long now = STILE.time().instant().getEpochSecond();
      user.signIn("auth_time", now + 3600);
      user.enroll(null, "type", "totp").refuses(401, "unauthenticated");
    }

    @Test
    void isNotActivatedByALoginThatGrewOld() {
      Authenticator app = user.pendingApp(null);
      STILE.time().advance(FRESH.plusSeconds(1));
      user.activate(app.id(), app.code(), null).refuses(401, INSUFFICIENT);
      user.signIn();
      user.activate(app.id(), app.code(), null).is(200);
    }

    @Test
    void isOneAloneWhereTwoArePending() {
      Authenticator first = user.pendingApp(null);
      Authenticator second = user.pendingApp(null);
      user.activated(first, null);
      refusesForWantOfAGrant(user.activate(second.id(), second.code(), null));
      assertThat(user.factor(second.id()).text("/status")).isEqualTo("pending");
    }

    @Test
    void isOneAloneWhereTwoAreActivatedAtOnce() {
      List<Authenticator> apps = List.of(user.pendingApp(null), user.pendingApp(null));
      List<String> codes = apps.stream().map(Authenticator::code).toList();
      List<Answer> answers = Race.of(2, i -> user.activate(apps.get(i).id(), codes.get(i), null));
      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 401);
    }

    @Test
    void isActivatedOnceByManyAtOnce() {
      Authenticator app = user.pendingApp(null);
      String code = app.code();
      List<Answer> answers = Race.of(20, i -> user.activate(app.id(), code, null));
      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    }

    @Test
    void needsNoFreshLoginToRemoveWhatWasNeverProven() {
      Authenticator app = user.pendingApp(null);
      user.remove(app.id(), null).is(204);
      user.activate(app.id(), app.code(), null).refuses(404, "not_found");
    }

    @Test
    void cannotBeAddedAgainOnceItIsLocked() {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      for (int i = 0; i < 5; i++) {
        user.verify(id, app.wrong(i)).is(422);
      }
      user.signIn();
      refusesForWantOfAGrant(user.enroll(null, "type", "totp"));
    }

    @Test
    void isLockedLikeAnyOtherWhileItIsPending() {
      Authenticator app = user.pendingApp(null);
      for (int left = 4; left >= 0; left--) {
        Answer wrong = user.activate(app.id(), app.wrong(left), null);
        assertThat(wrong.refuses(422, "code_incorrect").at("/attempts_left").asInt())
            .isEqualTo(left);
      }
      Answer delayed = user.activate(app.id(), app.code(), null).refuses(423, "factor_locked");
      STILE.time().until(delayed.moment("/retry_at"));
      user.activate(app.id(), app.code(), null).is(200);
    }

    @Tag("R11")
    @Test
    void lapsesAfterTenMinutes() {
      Instant before = STILE.time().instant();
      Authenticator app = user.pendingApp(null);
      assertThat(
              Duration.between(
                  app.enrollment().moment("/created_at"), app.enrollment().moment("/expires_at")))
          .isEqualTo(Duration.ofMinutes(10));
      STILE.time().until(before.plus(Duration.ofMinutes(10)).minusSeconds(2));
      user.signIn().factor(app.id()).is(200);
      STILE.time().advance(Duration.ofSeconds(3));
      user.signIn().factor(app.id()).refuses(404, "not_found");
      user.activate(app.id(), app.code(), null).refuses(410, "challenge_expired");
      assertThat(user.get("/v1/factors").body()).doesNotContain(app.id());
      user.pendingApp(null);
    }
  }

  /// What a thief of the primary token might come with.
  enum Presented {
    NOTHING,
    ANOTHER_ACTION,
    ANOTHER_USER,
    EXPIRED,
    STALE,
    LOW,
    TAMPERED,
    FORGED,
    PRIMARY_TOKEN,
    GARBAGE
  }

  @Tag("R18")
  @Nested
  class AChange {
    private final Authenticator app = user.app();

    private @Nullable String grant(Presented presented) {
      return switch (presented) {
        case NOTHING -> null;
        case ANOTHER_ACTION -> user.grant("transfer", app);
        case ANOTHER_USER -> {
          User other = STILE.user();
          yield other.grant(User.MANAGE, other.app());
        }
        case EXPIRED -> {
          String grant = user.grant(User.MANAGE, app);
          STILE.time().advance(Duration.ofMinutes(5));
          yield grant;
        }
        case STALE ->
            Tokens.resigned(
                user.grant(User.MANAGE, app),
                STILE.folder(),
                claims -> claims.put("auth_time", STILE.time().instant().getEpochSecond() - 301));
        case LOW ->
            Tokens.resigned(
                user.grant(User.MANAGE, app), STILE.folder(), claims -> claims.put("acr", "aal1"));
        case TAMPERED -> Tokens.tampered(user.grant(User.MANAGE, app));
        case FORGED -> Tokens.forged(user.grant(User.MANAGE, app), claims -> {});
        case PRIMARY_TOKEN -> user.token();
        case GARBAGE -> "x".repeat(5000);
      };
    }

    @ParameterizedTest
    @EnumSource
    void createsNothing(Presented presented) {
      refusesForWantOfAGrant(user.enroll(grant(presented), "type", "totp"));
      assertThat(user.get("/v1/factors").at("/items").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void activatesNothing(Presented presented) {
      Authenticator pending = user.pendingApp(user.grant(User.MANAGE, app));
      @Nullable String grant = grant(presented);
      refusesForWantOfAGrant(user.activate(pending.id(), pending.code(), grant));
      assertThat(user.factor(pending.id()).text("/status")).isEqualTo("pending");
    }

    @ParameterizedTest
    @EnumSource
    void removesNothing(Presented presented) {
      Authenticator second = user.appBesides(app);
      refusesForWantOfAGrant(user.remove(second.id(), grant(presented)));
      assertThat(user.factor(second.id()).text("/status")).isEqualTo("active");
    }

    @Test
    void asksForTheHighestLevelThatTheFactorsReach() {
      assertThat(refusesForWantOfAGrant(user.enroll(null, "type", "totp")).text("/acr_values"))
          .isEqualTo("aal2");
      User mailer = STILE.user();
      mailer.email();
      assertThat(refusesForWantOfAGrant(mailer.enroll(null, "type", "totp")).text("/acr_values"))
          .startsWith("aal1");
    }

    @Test
    void cannotBeAskedForWithAWeakerFactor() {
      Mailbox email = user.emailBesides(app);
      email.rest();
      user.ask("action", User.MANAGE, "factor_id", email.id()).refuses(409, "no_factor");
    }

    @Test
    void isMadeOnceWithOneGrant() {
      Authenticator second = user.appBesides(app);
      Authenticator third = user.appBesides(second);
      String grant = user.grant(User.MANAGE, app);
      user.remove(second.id(), grant).is(204);
      user.remove(third.id(), grant).refuses(409, "grant_consumed");
    }

    @Test
    void isNotActivatedByAGrantThatRemovedAnother() {
      Authenticator second = user.appBesides(app);
      String grant = user.grant(User.MANAGE, app);
      Authenticator pending = user.pendingApp(grant);
      user.remove(second.id(), grant).is(204);
      user.activate(pending.id(), pending.code(), grant).refuses(409, "grant_consumed");
    }

    @Test
    void isNotBegunWithAGrantThatWasUsed() {
      String grant = user.grant(User.MANAGE, app);
      user.activated(user.pendingApp(grant), grant);
      user.enroll(grant, "type", "totp").refuses(409, "grant_consumed");
    }

    @Tag("R22")
    @Test
    void isMadeOnceByManyAtOnceWithOneGrant() {
      String grant = user.grant(User.MANAGE, app);
      List<Authenticator> pending = Stream.generate(() -> user.pendingApp(grant)).limit(8).toList();
      List<String> codes = pending.stream().map(Authenticator::code).toList();
      List<Answer> answers =
          Race.of(8, i -> user.activate(pending.get(i).id(), codes.get(i), grant));
      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
    }

    @Test
    void keepsItsGrantWhenTheCodeIsWrong() {
      String grant = user.grant(User.MANAGE, app);
      Authenticator pending = user.pendingApp(grant);
      user.activate(pending.id(), pending.wrong(), grant).refuses(422, "code_incorrect");
      user.activate(pending.id(), pending.code(), grant).is(200);
    }

    @Test
    void takesTheSameCodeOnlyOnce() {
      String grant = user.grant(User.MANAGE, app);
      Authenticator pending = user.pendingApp(grant);
      user.activated(pending, grant);
      user.activate(pending.id(), pending.code(), user.grant(User.MANAGE, app))
          .refuses(409, "already_completed");
    }
  }

  @Tag("R19")
  @Nested
  class ARemoval {
    @Test
    void isRefusedForTheLastFactor() {
      Authenticator app = user.app();
      user.remove(app.id(), user.grant(User.MANAGE, app)).refuses(403, "last_factor");
      assertThat(user.factor(app.id()).text("/status")).isEqualTo("active");
    }

    @Test
    void doesNotCountPendingFactorsAsLeft() {
      Authenticator app = user.app();
      String grant = user.grant(User.MANAGE, app);
      user.pendingApp(grant);
      user.remove(app.id(), grant).refuses(403, "last_factor");
    }

    @Test
    void ofTheLastTwoAtOnceLeavesOne() {
      Authenticator first = user.app();
      Authenticator second = user.appBesides(first);
      List<String> grants =
          List.of(user.grant(User.MANAGE, first), user.grant(User.MANAGE, second));
      List<String> ids = List.of(first.id(), second.id());
      List<Answer> answers = Race.of(2, i -> user.remove(ids.get(i), grants.get(i)));
      assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 403);
      assertThat(user.get("/v1/factors").at("/items").size()).isEqualTo(1);
    }

    @Test
    void endsTheChallengesOfTheFactor() {
      Authenticator first = user.app();
      Authenticator second = user.appBesides(first);
      String challenge = user.challenge("login", second).id();
      user.remove(second.id(), user.grant(User.MANAGE, first)).is(204);
      user.verify(challenge, second.code()).refuses(404, "not_found");
      user.get("/v1/challenges/" + challenge).refuses(404, "not_found");
    }

    @Test
    void doesNotOpenTheDoorForAFirstFactor() {
      Authenticator app = user.app();
      Authenticator second = user.appBesides(app);
      user.remove(second.id(), user.grant(User.MANAGE, app)).is(204);
      user.signIn();
      refusesForWantOfAGrant(user.enroll(null, "type", "totp"));
    }

    @Test
    void ofAFactorThatIsNotThereIsTheSameForEveryone() {
      Authenticator app = user.app();
      String grant = user.grant(User.MANAGE, app);
      User other = STILE.user();
      Authenticator theirs = other.app();
      String unknown = theirs.id().substring(0, theirs.id().length() - 2) + "aa";
      assertThat(user.remove(theirs.id(), grant).refuses(404, "not_found").anonymous())
          .isEqualTo(user.remove(unknown, grant).anonymous());
      assertThat(other.factor(theirs.id()).text("/status")).isEqualTo("active");
    }
  }

  @Nested
  class ADestination {
    @Test
    void isEnrolledOnceByOneUser() {
      Mailbox phone = user.phone();
      String grant = user.grant(User.MANAGE, phone);
      phone.rest();
      user.enroll(grant, "type", "sms", "phone", phone.address()).refuses(409, "factor_exists");
    }

    @Test
    void isEnrolledOnceInWhateverCase() {
      Mailbox email = user.email();
      String grant = user.grant(User.MANAGE, email);
      String shouted = email.address().replace("example.org", "EXAMPLE.ORG");
      email.rest();
      user.enroll(grant, "type", "email", "email", shouted).refuses(409, "factor_exists");
    }

    @Test
    void canBeSharedByTwoUsers() {
      Mailbox phone = user.phone();
      phone.rest();
      STILE.user().enroll(null, "type", "sms", "phone", phone.address()).is(201);
    }

    @Tag("R07")
    @Test
    void isHeldToTheLimitsOfSendingWhoeverEnrollsIt() {
      Mailbox phone = user.phone();
      STILE
          .user()
          .enroll(null, "type", "sms", "phone", phone.address())
          .refuses(429, "resend_too_soon");
    }

    @Test
    void isNotProvenByTheCodeOfAnother() {
      Mailbox first = user.pendingPhone(null);
      Mailbox second = user.pendingPhone(null);
      String code = first.code();
      second.code();
      user.activate(second.id(), code, null).refuses(422, "code_incorrect");
    }

    @Test
    void isNotProvenInAnotherSession() {
      Mailbox phone = user.pendingPhone(null);
      String code = phone.code();
      String mine = user.token();
      user.signIn();
      user.activate(phone.id(), code, null).refuses(404, "not_found");
      user.with(mine).activate(phone.id(), code, null).is(200);
    }

    @Test
    void isNotProvenOnceItsChallengeWasCanceled() {
      Mailbox phone = user.pendingPhone(null);
      String code = phone.code();
      user.cancel(phone.challenge()).is(200);
      user.activate(phone.id(), code, null).refuses(409, "already_completed");
    }

    @Test
    void takesFiveWrongGuesses() {
      Mailbox phone = user.pendingPhone(null);
      String code = phone.code();
      for (int left = 4; left >= 0; left--) {
        Answer wrong = user.activate(phone.id(), Mailbox.wrong(code, left), null);
        assertThat(wrong.refuses(422, "code_incorrect").at("/attempts_left").asInt())
            .isEqualTo(left);
      }
      Answer delayed = user.activate(phone.id(), code, null).refuses(423, "factor_locked");
      STILE.time().until(delayed.moment("/retry_at"));
      user.activate(phone.id(), code, null).refuses(429, "too_many_attempts");
    }
  }

  @Nested
  class APreference {
    @Test
    void isNotForAPendingFactor() {
      Authenticator app = user.pendingApp(null);
      user.patch("/v1/factors/" + app.id(), Body.of("preferred", true)).refuses(409, "no_factor");
    }

    @Test
    void isOnlyGivenNeverTaken() {
      Authenticator app = user.app();
      user.patch("/v1/factors/" + app.id(), Body.of("preferred", false))
          .refuses(400, "invalid_request");
    }

    @Test
    void isNothingForStrangers() {
      Authenticator app = user.app();
      STILE
          .user()
          .patch("/v1/factors/" + app.id(), Body.of("label", "Mine"))
          .refuses(404, "not_found");
      assertThat(user.factor(app.id()).text("/label")).isNotEqualTo("Mine");
    }
  }
}
