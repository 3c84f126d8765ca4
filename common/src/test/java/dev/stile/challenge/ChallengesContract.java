package dev.stile.challenge;

import static dev.stile.testing.Samples.LIFE;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenges.Claim;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Challenges.Ticket;
import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of challenges does, whatever it is made of.
public abstract class ChallengesContract extends StoreContract {
  private static final Instant LAST_SECOND = NOW.plus(LIFE).minusSeconds(1);
  private static final Instant EXPIRED = NOW.plus(LIFE);

  private Optional<Challenge> find(Scene scene, Challenge challenge) {
    return stores().challenges().find(scene.subject(), challenge.id());
  }

  private boolean start(Scene scene, Challenge challenge, Instant now) {
    String answer = Scene.answer(challenge.id(), 1);
    return stores().challenges().start(scene.subject(), challenge.id(), answer, now);
  }

  private Optional<Challenge> renew(Scene scene, Challenge seen, Instant now) {
    String answer = Scene.answer(seen.id(), 2);
    return stores().challenges().renew(scene.subject(), seen, answer, now);
  }

  private Optional<Challenge> cancel(Scene scene, Challenge challenge, Instant now) {
    return stores().challenges().cancel(scene.subject(), challenge.id(), scene.owner(), null, now);
  }

  private Optional<Claim> claim(Scene scene, Challenge challenge, int generation, Instant now) {
    return stores().challenges().claim(scene.subject(), challenge.id(), generation, now);
  }

  private void settle(
      Scene scene, Challenge challenge, Delivery delivery, @Nullable String reason) {
    stores().challenges().settle(scene.subject(), challenge.id(), 1, delivery, reason);
  }

  private static Dispatch dispatch(Challenge challenge) {
    return Optional.ofNullable(challenge.dispatch()).orElseThrow();
  }

  private static Status status(Scene scene, Challenge challenge) {
    return scene.read(challenge.id()).progress().status();
  }

  private static void guessWrong(Scene scene, Challenge challenge, int times, Instant now) {
    for (int i = 0; i < times; i++) {
      assertThat(scene.wrong(scene.attempt(challenge, now)))
          .isInstanceOf(Verification.Rejected.class);
    }
  }

  private static void approve(Scene scene, Challenge challenge, Instant now) {
    assertThat(scene.right(scene.attempt(challenge, now))).isInstanceOf(Verified.class);
  }

  @Nested
  class Opened {
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isFoundAsItWasOpened(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.challenge(Status.PENDING, NOW);
      assertThat(scene.tryOpen(challenge, NOW)).isEqualTo(new Opening.Opened(challenge));
      assertThat(find(scene, challenge)).contains(challenge);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isFoundAsItWasRequested(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.challenge(Status.REQUESTED, NOW);
      assertThat(scene.tryOpen(challenge, NOW)).isEqualTo(new Opening.Opened(challenge));
      assertThat(find(scene, challenge)).contains(challenge);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isFoundWithoutABindingAndWithAlternatives(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge sample = scene.challenge(Status.PENDING, NOW);
      var others = List.of(FactorId.random(Samples.IDS), FactorId.random(Samples.IDS));
      var approval =
          new Approval(
              "bank",
              "aud",
              "login",
              Binding.EMPTY,
              "Log in",
              new Approval.Decision("aal1", List.of(), others),
              0);
      Challenge challenge = Samples.approving(sample, approval);
      scene.open(challenge, NOW);
      assertThat(find(scene, challenge)).contains(challenge);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isNotFoundUnderAnotherSubjectOrTenantOrId(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Challenges challenges = stores().challenges();
      assertThat(challenges.find(Samples.subject(), challenge.id())).isEmpty();
      var namesake = new Subject(new Tenant("other"), scene.subject().id());
      assertThat(challenges.find(namesake, challenge.id())).isEmpty();
      assertThat(find(scene, scene.challenge(Status.PENDING, NOW))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void needsItsFactor(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge orphan =
          Samples.challenge(FactorId.random(Samples.IDS), kind, scene.owner(), Status.PENDING, NOW);
      assertThat(scene.tryOpen(orphan, NOW)).isEqualTo(new Opening.Gone());
      assertThat(find(scene, orphan)).isEmpty();
      Challenge foreign = scene.challenge(Status.PENDING, NOW);
      assertThat(stores().challenges().open(Samples.subject(), foreign, null, NOW))
          .isEqualTo(new Opening.Gone());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void leavesTheOtherFactorsAlone(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      scene.another(kind).open(NOW);
      assertThat(find(scene, challenge)).contains(challenge);
    }
  }

  @Tag("R06")
  @Nested
  class OnAFactorWhoseCodesAreSent {
    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void takesThePlaceOfTheLiveOne(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge old = scene.open(NOW);
      guessWrong(scene, old, 2, NOW);
      String request = scene.read(old.id()).progress().lastRequest();
      Instant now = NOW.plusSeconds(60);
      Challenge next = scene.open(now);
      assertThat(scene.read(old.id()).progress())
          .isEqualTo(new Challenge.Progress(Status.CANCELED, 2, now, request, next.id()));
      assertThat(find(scene, next)).contains(next);
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void takesThePlaceOfARequestedOne(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge old = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      Challenge next = scene.open(NOW);
      assertThat(status(scene, old)).isEqualTo(Status.CANCELED);
      assertThat(scene.read(old.id()).progress().replacedBy()).isEqualTo(next.id());
      assertThat(start(scene, old, NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void leavesEndedOnesAsTheyEnded(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge approved = scene.open(NOW);
      approve(scene, approved, NOW);
      Challenge failed = scene.open(NOW);
      guessWrong(scene, failed, Challenge.MAX_GUESSES, NOW);
      Challenge expired = scene.open(NOW);
      List<Challenge> before =
          List.of(scene.read(approved.id()), scene.read(failed.id()), scene.read(expired.id()));
      scene.open(EXPIRED);
      assertThat(before)
          .allSatisfy(challenge -> assertThat(find(scene, challenge)).contains(challenge));
      assertThat(before)
          .extracting(challenge -> challenge.status(EXPIRED))
          .containsExactly(Status.APPROVED, Status.FAILED, Status.EXPIRED);
    }
  }

  @Nested
  class OnAnApp {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);

    @Test
    void standsBesideThreeOthers() {
      List<Challenge> live = new ArrayList<>();
      for (int i = 0; i < Slots.MAX_LIVE; i++) {
        live.add(scene.open(NOW.plusSeconds(i)));
      }
      assertThat(live)
          .allSatisfy(challenge -> assertThat(find(scene, challenge)).contains(challenge));
    }

    @Test
    void isRefusedAsTheFifthUntilTheFirstExpires() {
      for (int i = 0; i < Slots.MAX_LIVE; i++) {
        scene.open(NOW.plusSeconds(i));
      }
      Challenge fifth = scene.challenge(Status.PENDING, LAST_SECOND);
      assertThat(scene.tryOpen(fifth, LAST_SECOND)).isEqualTo(new Opening.Full(EXPIRED));
      assertThat(find(scene, fifth)).isEmpty();
      assertThat(scene.tryOpen(fifth, EXPIRED)).isEqualTo(new Opening.Opened(fifth));
      assertThat(scene.tryOpen(scene.challenge(Status.PENDING, EXPIRED), EXPIRED))
          .isEqualTo(new Opening.Full(EXPIRED.plusSeconds(1)));
    }

    @Test
    void findsRoomOnceOneHasEnded() {
      List<Challenge> live = new ArrayList<>();
      for (int i = 0; i < Slots.MAX_LIVE; i++) {
        live.add(scene.open(NOW));
      }
      approve(scene, live.getFirst(), NOW);
      assertThat(scene.tryOpen(scene.challenge(Status.PENDING, NOW), NOW))
          .isInstanceOf(Opening.Opened.class);
      assertThat(scene.tryOpen(scene.challenge(Status.PENDING, NOW), NOW))
          .isInstanceOf(Opening.Full.class);
    }
  }

  @Nested
  class OnADecoy {
    private final Factor decoy = Samples.decoy();
    private final Subject nobody = Samples.subject();
    private final Scene scene = new Scene(stores(), nobody, decoy.id(), FactorKind.TOTP);

    private Opening open(Instant now) {
      Challenge challenge = scene.challenge(Status.PENDING, now);
      return stores().challenges().openDecoy(nobody, decoy, challenge, now);
    }

    private Challenge opened(Instant now) {
      return ((Opening.Opened) open(now)).challenge();
    }

    @Test
    void isKeptWithTheDecoyThatItMakes() {
      Challenge first = opened(NOW);
      Challenge second = opened(NOW.plusSeconds(1));
      assertThat(find(scene, first)).contains(first);
      assertThat(find(scene, second)).contains(second);
      var account = stores().factors().account(nobody);
      assertThat(account.factors()).isEmpty();
      assertThat(account.decoy()).isEqualTo(decoy);
      assertThat(account.everEnrolled()).isFalse();
      assertThat(stores().factors().prefer(nobody, decoy.id())).isFalse();
      assertThat(stores().factors().abandon(nobody, decoy.id())).isFalse();
      assertThat(stores().factors().remove(nobody, decoy.id(), Samples.grant(), NOW))
          .isEqualTo(Factors.Change.GONE);
    }

    @Test
    void isWrongWhateverTheArithmeticSays() {
      Challenge challenge = opened(NOW);
      Verification right = scene.right(scene.attempt(challenge, NOW));
      assertThat(right).isInstanceOf(Verification.Overtaken.class);
      assertThat(status(scene, challenge)).isEqualTo(Status.PENDING);
      assertThat(scene.wrong(scene.attempt(challenge, NOW)))
          .isEqualTo(new Verification.Rejected(4, Verification.Cause.INCORRECT));
      assertThat(stores().factors().account(nobody).decoy()).isEqualTo(decoy.failed(NOW));
    }

    @Test
    void hasFourPlacesHoweverManyAskAtOnce() {
      for (int round = 0; round < Math.min(3, rounds()); round++) {
        var racing = new OnADecoy();
        List<Opening> openings = Race.of(parallelism(), i -> racing.open(NOW));
        assertThat(openings).filteredOn(o -> o instanceof Opening.Opened).hasSize(4);
        assertThat(openings)
            .filteredOn(o -> !(o instanceof Opening.Opened))
            .allMatch(o -> o instanceof Opening.Full);
      }
    }
  }

  @Nested
  class AnEndedOne {
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void staysReadableForTenMinutesAfterItWasApproved(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      approve(scene, challenge, NOW);
      scene.open(NOW.plus(Challenge.READABLE));
      assertThat(find(scene, challenge)).isPresent();
      scene.open(NOW.plus(Challenge.READABLE).plusSeconds(1));
      assertThat(find(scene, challenge)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void staysReadableForTenMinutesAfterItWasCanceled(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      scene.cancel(challenge, NOW.plusSeconds(60));
      Instant last = NOW.plusSeconds(60).plus(Challenge.READABLE);
      scene.open(last);
      assertThat(find(scene, challenge)).isPresent();
      scene.open(last.plusSeconds(1));
      assertThat(find(scene, challenge)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void staysReadableForTenMinutesAfterItExpired(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      scene.wrong(scene.attempt(challenge, NOW));
      scene.open(EXPIRED.plus(Challenge.READABLE));
      assertThat(find(scene, challenge)).isPresent();
      scene.open(EXPIRED.plus(Challenge.READABLE).plusSeconds(1));
      assertThat(find(scene, challenge)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void staysUntilThereIsNoRoomLeft(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      List<Challenge> ended = new ArrayList<>();
      for (int i = 0; i < Slots.MAX_ENTRIES; i++) {
        Challenge challenge = scene.open(NOW.plusSeconds(i));
        scene.cancel(challenge, NOW.plusSeconds(i));
        ended.add(challenge);
      }
      assertThat(ended).allSatisfy(challenge -> assertThat(find(scene, challenge)).isPresent());
      Challenge ninth = scene.open(NOW.plusSeconds(9));
      assertThat(find(scene, ended.getFirst())).isEmpty();
      assertThat(ended.subList(1, ended.size()))
          .allSatisfy(challenge -> assertThat(find(scene, challenge)).isPresent());
      assertThat(find(scene, ninth)).contains(ninth);
    }

    @Test
    void goesBeforeALiveOneThatIsOlder() {
      Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
      List<Challenge> live = List.of(scene.open(NOW), scene.open(NOW), scene.open(NOW));
      for (int i = 0; i < 2 * Slots.MAX_ENTRIES; i++) {
        Instant now = NOW.plusSeconds(i + 1);
        scene.cancel(scene.open(now), now);
      }
      assertThat(live)
          .allSatisfy(challenge -> assertThat(find(scene, challenge)).contains(challenge));
    }
  }

  @Nested
  class Requested {
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void startsOnceAndAsItWas(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      assertThat(start(scene, challenge, NOW)).isTrue();
      Challenge started = scene.read(challenge.id());
      assertThat(started.progress()).isEqualTo(Challenge.Progress.of(Status.PENDING));
      assertThat(started.lifetime()).isEqualTo(challenge.lifetime());
      assertThat(started.approval()).isEqualTo(challenge.approval());
      assertThat(started.dispatch()).isEqualTo(challenge.dispatch());
      assertThat(start(scene, challenge, NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void startsUntilTheLastSecond(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      assertThat(start(scene, challenge, EXPIRED)).isFalse();
      assertThat(start(scene, challenge, LAST_SECOND)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isNotRevivedByAStart(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge canceled = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      scene.cancel(canceled, NOW);
      assertThat(start(scene, canceled, NOW)).isFalse();
      assertThat(status(scene, canceled)).isEqualTo(Status.CANCELED);
      Challenge approved = scene.open(NOW);
      approve(scene, approved, NOW);
      assertThat(start(scene, approved, NOW)).isFalse();
      assertThat(status(scene, approved)).isEqualTo(Status.APPROVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void doesNotStartWhereItNeverWas(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      assertThat(start(scene, scene.challenge(Status.REQUESTED, NOW), NOW)).isFalse();
      Challenge orphan =
          Samples.challenge(
              FactorId.random(Samples.IDS), kind, scene.owner(), Status.REQUESTED, NOW);
      assertThat(start(scene, orphan, NOW)).isFalse();
    }
  }

  @Nested
  class Renewed {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.SMS);

    @Test
    void queuesTheNextGenerationAndKeepsTheGuesses() {
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, 2, NOW);
      Challenge.Progress progress = scene.read(challenge.id()).progress();
      Instant now = NOW.plusSeconds(30);
      Challenge renewed = renew(scene, challenge, now).orElseThrow();
      assertThat(renewed.dispatch())
          .isEqualTo(new Dispatch(2, Delivery.QUEUED, now, null, dispatch(challenge).locale()));
      assertThat(renewed.progress()).isEqualTo(progress);
      assertThat(renewed.lifetime()).isEqualTo(challenge.lifetime());
      assertThat(find(scene, challenge)).contains(renewed);
    }

    @Test
    void forgetsWhyTheLastSendingFailed() {
      Challenge challenge = scene.open(NOW);
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      settle(scene, challenge, Delivery.FAILED, "unreachable");
      Challenge failed = scene.read(challenge.id());
      assertThat(dispatch(failed).reason()).isEqualTo("unreachable");
      Dispatch next = dispatch(renew(scene, failed, NOW).orElseThrow());
      assertThat(next.delivery()).isEqualTo(Delivery.QUEUED);
      assertThat(next.reason()).isNull();
    }

    @Test
    void happensOnlyToTheGenerationThatWasSeen() {
      Challenge first = scene.open(NOW);
      Challenge second = renew(scene, first, NOW).orElseThrow();
      assertThat(renew(scene, first, NOW)).isEmpty();
      assertThat(find(scene, first)).contains(second);
    }

    @Test
    void endsWithTheThirdGeneration() {
      Challenge second = renew(scene, scene.open(NOW), NOW).orElseThrow();
      Challenge third = renew(scene, second, NOW).orElseThrow();
      assertThat(dispatch(third).generation()).isEqualTo(Dispatch.MAX_GENERATIONS);
      assertThat(renew(scene, third, NOW)).isEmpty();
    }

    @Test
    void happensUntilTheLastSecond() {
      Challenge challenge = scene.open(NOW);
      assertThat(renew(scene, challenge, EXPIRED)).isEmpty();
      assertThat(renew(scene, challenge, LAST_SECOND)).isPresent();
    }

    @Test
    void happensOnlyWhileItIsPending() {
      Challenge requested = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
      assertThat(renew(scene, requested, NOW)).isEmpty();
      Challenge canceled = scene.open(NOW);
      scene.cancel(canceled, NOW);
      assertThat(renew(scene, canceled, NOW)).isEmpty();
      Challenge approved = scene.open(NOW);
      approve(scene, approved, NOW);
      assertThat(renew(scene, approved, NOW)).isEmpty();
      assertThat(renew(scene, scene.challenge(Status.PENDING, NOW), NOW)).isEmpty();
    }

    @Test
    void givesNothingToOneWhoseGuessesAreExhausted() {
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, Challenge.MAX_GUESSES, NOW);
      assertThat(renew(scene, challenge, NOW)).isEmpty();
    }

    @Test
    void meansNothingToAnApp() {
      Scene app = scene.another(FactorKind.TOTP);
      assertThat(renew(app, app.open(NOW), NOW)).isEmpty();
    }
  }

  @Nested
  class Canceled {
    @ParameterizedTest
    @EnumSource(names = {"REQUESTED", "PENDING"})
    void endsWhatIsLive(Status from) {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge challenge = scene.open(scene.challenge(from, NOW), NOW);
      Instant now = NOW.plusSeconds(3);
      Challenge canceled = cancel(scene, challenge, now).orElseThrow();
      assertThat(canceled.progress())
          .isEqualTo(new Challenge.Progress(Status.CANCELED, 0, now, null, null));
      assertThat(find(scene, challenge)).contains(canceled);
      assertThat(cancel(scene, challenge, now)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void namesWhatTakesItsPlace(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Challenge next = scene.another(kind).open(NOW);
      Challenge canceled =
          stores()
              .challenges()
              .cancel(scene.subject(), challenge.id(), scene.owner(), next.id(), NOW)
              .orElseThrow();
      assertThat(canceled.progress().replacedBy()).isEqualTo(next.id());
      assertThat(find(scene, challenge)).contains(canceled);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void keepsTheGuessesAndTheCallThatWroteLast(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      guessWrong(scene, challenge, 3, NOW);
      String request = scene.read(challenge.id()).progress().lastRequest();
      assertThat(cancel(scene, challenge, NOW).orElseThrow().progress())
          .isEqualTo(new Challenge.Progress(Status.CANCELED, 3, NOW, request, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isDoneByItsOwnerOnly(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      Challenges challenges = stores().challenges();
      assertThat(challenges.cancel(scene.subject(), challenge.id(), "another", null, NOW))
          .isEmpty();
      assertThat(challenges.cancel(Samples.subject(), challenge.id(), scene.owner(), null, NOW))
          .isEmpty();
      assertThat(find(scene, challenge)).contains(challenge);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isPossibleUntilTheLastSecond(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge challenge = scene.open(NOW);
      assertThat(cancel(scene, challenge, EXPIRED)).isEmpty();
      assertThat(cancel(scene, challenge, LAST_SECOND)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void changesNothingThatHasEnded(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge approved = scene.open(NOW);
      approve(scene, approved, NOW);
      assertThat(cancel(scene, approved, NOW)).isEmpty();
      Challenge failed = scene.open(NOW);
      guessWrong(scene, failed, Challenge.MAX_GUESSES, NOW);
      assertThat(cancel(scene, failed, NOW)).isEmpty();
      assertThat(scene.read(approved.id()).status(NOW)).isEqualTo(Status.APPROVED);
      assertThat(scene.read(failed.id()).status(NOW)).isEqualTo(Status.FAILED);
      assertThat(cancel(scene, scene.challenge(Status.PENDING, NOW), NOW)).isEmpty();
    }
  }

  @Tag("R33")
  @Nested
  class ASending {
    private final Scene scene = Scene.enrolled(stores(), FactorKind.EMAIL);
    private final Challenge challenge = scene.open(NOW);

    private Delivery delivery() {
      return dispatch(scene.read(challenge.id())).delivery();
    }

    @Test
    void isClaimedOnceWithTheFactorItGoesTo() {
      Instant now = NOW.plusSeconds(2);
      Claim claim = claim(scene, challenge, 1, now).orElseThrow();
      assertThat(claim.factor()).isEqualTo(scene.factor());
      assertThat(claim.challenge()).isEqualTo(scene.read(challenge.id()));
      assertThat(claim.challenge().dispatch())
          .isEqualTo(new Dispatch(1, Delivery.SENDING, NOW, null, dispatch(challenge).locale()));
      assertThat(claim(scene, challenge, 1, now)).isEmpty();
    }

    @Test
    void isTakenOverOnceTheClaimIsOver() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      Instant over = NOW.plusSeconds(Dispatch.CLAIM_SECONDS);
      assertThat(claim(scene, challenge, 1, over.minusSeconds(1))).isEmpty();
      assertThat(claim(scene, challenge, 1, over)).isPresent();
      Instant again = over.plusSeconds(Dispatch.CLAIM_SECONDS);
      assertThat(claim(scene, challenge, 1, again.minusSeconds(1))).isEmpty();
      assertThat(claim(scene, challenge, 1, again)).isPresent();
    }

    @Tag("R34")
    @Test
    void isClaimedForItsGenerationOnly() {
      assertThat(claim(scene, challenge, 0, NOW)).isEmpty();
      assertThat(claim(scene, challenge, 2, NOW)).isEmpty();
      assertThat(renew(scene, challenge, NOW)).isPresent();
      assertThat(claim(scene, challenge, 1, NOW)).isEmpty();
      assertThat(claim(scene, challenge, 2, NOW)).isPresent();
    }

    @Test
    void isFreeAgainForTheNextGeneration() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      assertThat(renew(scene, challenge, NOW)).isPresent();
      assertThat(claim(scene, challenge, 2, NOW)).isPresent();
      settle(scene, challenge, Delivery.SENT, null);
      assertThat(delivery()).isEqualTo(Delivery.SENDING);
    }

    @Tag("R34")
    @Test
    void isClaimedUntilTheLastSecond() {
      assertThat(claim(scene, challenge, 1, EXPIRED)).isEmpty();
      assertThat(claim(scene, challenge, 1, LAST_SECOND)).isPresent();
    }

    @Tag("R34")
    @Test
    void isDroppedOnceTheChallengeHasEnded() {
      Scene other = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge requested = other.open(other.challenge(Status.REQUESTED, NOW), NOW);
      assertThat(claim(other, requested, 1, NOW)).isEmpty();
      Challenge replaced = other.open(NOW);
      Challenge approved = other.open(NOW);
      assertThat(claim(other, replaced, 1, NOW)).isEmpty();
      approve(other, approved, NOW);
      assertThat(claim(other, approved, 1, NOW)).isEmpty();
      Challenge failed = other.open(NOW);
      guessWrong(other, failed, Challenge.MAX_GUESSES, NOW);
      assertThat(claim(other, failed, 1, NOW)).isEmpty();
      assertThat(claim(other, other.challenge(Status.PENDING, NOW), 1, NOW)).isEmpty();
    }

    @Test
    void isNothingThatAnAppHas() {
      Scene app = scene.another(FactorKind.TOTP);
      assertThat(claim(app, app.open(NOW), 1, NOW)).isEmpty();
    }

    @Test
    void isOverOnceItWasSent() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      settle(scene, challenge, Delivery.SENT, null);
      assertThat(delivery()).isEqualTo(Delivery.SENT);
      Instant later = NOW.plusSeconds(2L * Dispatch.CLAIM_SECONDS);
      assertThat(claim(scene, challenge, 1, later)).isEmpty();
      settle(scene, challenge, Delivery.FAILED, "late");
      assertThat(delivery()).isEqualTo(Delivery.SENT);
    }

    @Test
    void isOverOnceItFailedForGoodAndSaysWhy() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      settle(scene, challenge, Delivery.FAILED, "opted_out");
      assertThat(dispatch(scene.read(challenge.id())).reason()).isEqualTo("opted_out");
      Instant later = NOW.plusSeconds(2L * Dispatch.CLAIM_SECONDS);
      assertThat(claim(scene, challenge, 1, later)).isEmpty();
    }

    @Test
    void isClaimedAgainAtOnceAfterAFailureThatMayBeRepeated() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      settle(scene, challenge, Delivery.QUEUED, "throttled");
      assertThat(delivery()).isEqualTo(Delivery.QUEUED);
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
    }

    @Test
    void isNotSettledWithoutAClaim() {
      settle(scene, challenge, Delivery.SENT, null);
      assertThat(find(scene, challenge)).contains(challenge);
      settle(scene, scene.challenge(Status.PENDING, NOW), Delivery.SENT, null);
    }

    @Test
    void isSettledThoughTheCodeWasUsedMeanwhile() {
      assertThat(claim(scene, challenge, 1, NOW)).isPresent();
      approve(scene, challenge, NOW);
      settle(scene, challenge, Delivery.SENT, null);
      assertThat(delivery()).isEqualTo(Delivery.SENT);
      assertThat(status(scene, challenge)).isEqualTo(Status.APPROVED);
    }
  }

  @Tag("A09")
  @Nested
  class TheNextOfAChain {
    private final Ticket ticket = ticket();

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void isFoundWithAllThatPassedBeforeIt(FactorKind kind) {
      Scene scene = Scene.enrolled(stores(), kind);
      Challenge next = next(scene);
      assertThat(openNext(scene, next, ticket)).isEqualTo(new Opening.Opened(next));
      assertThat(find(scene, next)).contains(next);
      approve(scene, next, NOW);
    }

    @Test
    void isFoundWhereAPasskeyIsAsked() {
      Scene scene = Scene.enrolled(stores(), FactorKind.WEBAUTHN);
      Challenge next = next(scene);
      assertThat(openNext(scene, next, ticket)).isEqualTo(new Opening.Opened(next));
      assertThat(find(scene, next)).contains(next);
    }

    @Test
    void isOpenedOnce() {
      Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
      openNext(scene, next(scene), ticket);
      Challenge again = next(scene);
      assertThat(openNext(scene, again, ticket)).isEqualTo(new Opening.Spent());
      assertThat(find(scene, again)).isEmpty();
      assertThat(openNext(scene, next(scene), ticket())).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void takesThePlaceOfTheLiveOneAndOnlyThen() {
      Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
      Challenge old = scene.open(NOW);
      Challenge next = next(scene);
      openNext(scene, next, ticket);
      assertThat(scene.read(old.id()).progress().replacedBy()).isEqualTo(next.id());
      openNext(scene, next(scene), ticket);
      assertThat(scene.read(next.id()).isLive(NOW)).isTrue();
    }

    @Test
    void leavesWhatEntitlesToItWhereItCannotBeOpened() {
      Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
      List<Challenge> live = new ArrayList<>();
      for (int i = 0; i < Slots.MAX_LIVE; i++) {
        live.add(scene.open(NOW));
      }
      assertThat(openNext(scene, next(scene), ticket)).isEqualTo(new Opening.Full(EXPIRED));
      scene.cancel(live.getFirst(), NOW);
      assertThat(openNext(scene, next(scene), ticket)).isInstanceOf(Opening.Opened.class);
    }

    @Tag("R22")
    @Test
    void isOpenedOnceByManyAtOnce() {
      for (int round = 0; round < rounds(); round++) {
        Scene app = Scene.enrolled(stores(), FactorKind.TOTP);
        Scene phone = app.another(FactorKind.SMS);
        Ticket one = ticket();
        List<Challenge> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(next(i % 2 == 0 ? app : phone));
        }
        List<Opening> openings =
            Race.of(all.size(), i -> openNext(i % 2 == 0 ? app : phone, all.get(i), one));
        assertThat(openings).filteredOn(Opening.Opened.class::isInstance).hasSize(1);
        assertThat(openings).filteredOn(Opening.Spent.class::isInstance).hasSize(7);
        assertThat(all.stream().filter(c -> find(app, c).isPresent())).hasSize(1);
      }
    }

    private Opening openNext(Scene scene, Challenge next, Ticket by) {
      String answer = scene.kind().isOutOfBand() ? Scene.answer(next.id(), 1) : null;
      return stores().challenges().openNext(scene.subject(), next, answer, by);
    }

    private static Ticket ticket() {
      return new Ticket("nxt_" + Samples.IDS.text(), NOW.plusSeconds(300));
    }

    private static Challenge next(Scene scene) {
      Challenge sample = scene.challenge(Status.PENDING, NOW);
      List<Passed> passed =
          List.of(
              new Passed(FactorId.random(Samples.IDS), List.of("otp"), NOW.minusSeconds(90)),
              new Passed(
                  FactorId.random(Samples.IDS), List.of("hwk", "user"), NOW.minusSeconds(30)));
      var decision =
          new Approval.Decision(
              "aal2", List.of("factor 3 of 4"), List.of(), new Chain(passed, 1, "aal2"));
      return Samples.approving(sample, sample.approval().with(decision));
    }
  }

  @Nested
  class ManyAtOnce {
    private List<Challenge> opened(Scene scene) {
      List<Challenge> all = new ArrayList<>();
      for (int i = 0; i < parallelism(); i++) {
        all.add(scene.challenge(Status.PENDING, NOW));
      }
      return all;
    }

    private List<Challenge> kept(Scene scene, List<Challenge> all) {
      return all.stream().flatMap(challenge -> find(scene, challenge).stream()).toList();
    }

    @Test
    void leaveOneLiveWhereCodesAreSent() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
        List<Challenge> all = opened(scene);
        assertThat(Race.of(all.size(), i -> scene.tryOpen(all.get(i), NOW)))
            .allMatch(Opening.Opened.class::isInstance);
        List<Challenge> kept = kept(scene, all);
        assertThat(kept).filteredOn(challenge -> challenge.isLive(NOW)).hasSize(1);
        assertThat(kept).hasSize(Slots.MAX_ENTRIES);
      }
    }

    @Test
    void leaveFourLiveOnAnApp() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.TOTP);
        List<Challenge> all = opened(scene);
        List<Opening> openings = Race.of(all.size(), i -> scene.tryOpen(all.get(i), NOW));
        assertThat(openings).filteredOn(Opening.Opened.class::isInstance).hasSize(4);
        assertThat(openings)
            .filteredOn(opening -> !(opening instanceof Opening.Opened))
            .containsOnly(new Opening.Full(EXPIRED));
        assertThat(kept(scene, all)).hasSize(Slots.MAX_LIVE);
      }
    }

    @Tag("R33")
    @Test
    void claimASendingOnce() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
        Challenge challenge = scene.open(NOW);
        assertThat(Race.of(parallelism(), i -> claim(scene, challenge, 1, NOW)))
            .filteredOn(Optional::isPresent)
            .hasSize(1);
        Instant over = NOW.plusSeconds(Dispatch.CLAIM_SECONDS);
        assertThat(Race.of(parallelism(), i -> claim(scene, challenge, 1, over)))
            .filteredOn(Optional::isPresent)
            .hasSize(1);
      }
    }

    @Test
    void renewOnce() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
        Challenge challenge = scene.open(NOW);
        assertThat(Race.of(parallelism(), i -> renew(scene, challenge, NOW)))
            .filteredOn(Optional::isPresent)
            .hasSize(1);
        assertThat(dispatch(scene.read(challenge.id())).generation()).isEqualTo(2);
      }
    }

    @Test
    void startOnce() {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), FactorKind.SMS);
        Challenge challenge = scene.open(scene.challenge(Status.REQUESTED, NOW), NOW);
        assertThat(Race.of(parallelism(), i -> start(scene, challenge, NOW)))
            .filteredOn(started -> started)
            .hasSize(1);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void endItOnceByApprovalOrByCancellation(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Scene scene = Scene.enrolled(stores(), kind);
        Challenge challenge = scene.open(NOW);
        List<Boolean> ended =
            Race.of(
                parallelism(),
                i ->
                    i % 2 == 0
                        ? cancel(scene, challenge, NOW).isPresent()
                        : scene.right(scene.attempt(challenge, NOW)) instanceof Verified);
        assertThat(ended).filteredOn(won -> won).hasSize(1);
        assertThat(status(scene, challenge)).isIn(Status.APPROVED, Status.CANCELED);
      }
    }
  }
}
