package dev.stile.challenge;

import static dev.stile.testing.Samples.LIFE;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Activations.Pending;
import dev.stile.challenge.Activations.Proof;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Factors.Change;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.Scene;
import dev.stile.testing.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of activations does, whatever it is made of.
public abstract class ActivationsContract extends StoreContract {
  private static final Gate FIRST = new Gate.FirstFactor();

  private Activation activate(Proof proof, Gate gate) {
    return stores().activations().activate(proof, gate);
  }

  private Activation reject(Proof proof) {
    return stores().activations().reject(proof);
  }

  private static Activation.Refused refused(Reason reason) {
    return new Activation.Refused(reason, Instant.MAX);
  }

  /// The same call later.
  private static Proof at(Proof proof, Instant now) {
    return new Proof(proof.subject(), proof.pending(), proof.owner(), proof.progress(), now);
  }

  private static Challenge asked(Proof proof) {
    return Optional.ofNullable(proof.pending().challenge()).orElseThrow();
  }

  private Optional<Challenge> read(Proof proof) {
    return stores().challenges().find(proof.subject(), asked(proof).id());
  }

  /// A right code and a wrong one are refused alike, and leave everything as it was.
  private void refuses(Enrollment enrollment, Proof proof, Activation answer) {
    var before = stores().factors().account(enrollment.subject());
    assertThat(reject(proof)).isEqualTo(answer);
    assertThat(activate(proof, FIRST)).isEqualTo(answer);
    assertThat(stores().factors().account(enrollment.subject())).isEqualTo(before);
  }

  /// Guesses wrong so often in a row, each time as soon as it is admitted, with a new code where
  /// the last one is exhausted.
  private Failures fail(Enrollment enrollment, Factor factor, int times) {
    Instant now = NOW;
    for (int i = 0; i < times; i++) {
      Instant admitted = enrollment.factor(factor.id()).failures().delayedUntil();
      now = admitted.isAfter(now) ? admitted : now;
      if (!canBeGuessed(enrollment.proof(factor.id(), now))) {
        askAgain(enrollment, factor, now);
      }
      assertThat(reject(enrollment.proof(factor.id(), now)))
          .isInstanceOf(Activation.Rejected.class);
    }
    return enrollment.factor(factor.id()).failures();
  }

  private static boolean canBeGuessed(Proof proof) {
    Challenge challenge = proof.pending().challenge();
    return challenge != null && challenge.isLive(proof.now());
  }

  private static void askAgain(Enrollment enrollment, Factor factor, Instant now) {
    if (factor.kind().isOutOfBand()) {
      enrollment.ask(factor.id(), factor.kind(), Status.PENDING, now);
    }
  }

  @Tag("R11")
  @Nested
  class APendingFactor {
    private final Enrollment enrollment = Enrollment.of(stores());

    private Optional<Pending> find(FactorId id) {
      return stores().activations().find(enrollment.subject(), id);
    }

    @Test
    void isFoundWithoutAChallengeIfItIsAnApp() {
      Factor factor = enrollment.pending(FactorKind.TOTP, NOW);
      assertThat(find(factor.id())).contains(new Pending(factor, null, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void isFoundWithTheChallengeWhoseCodeProvesIt(FactorKind kind) {
      Factor factor = enrollment.pending(kind, NOW);
      assertThat(find(factor.id())).contains(new Pending(factor, null, null));
      Challenge requested = enrollment.ask(factor.id(), kind, Status.REQUESTED, NOW);
      assertThat(find(factor.id())).contains(new Pending(factor, requested, null));
      String answer = Enrollment.answer(requested.id());
      stores().challenges().start(enrollment.subject(), requested.id(), answer, NOW);
      Challenge started =
          stores().challenges().find(enrollment.subject(), requested.id()).orElseThrow();
      assertThat(find(factor.id())).contains(new Pending(factor, started, answer));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void isFoundWithTheNewestChallengeAndItsNewestAnswer(FactorKind kind) {
      Factor factor = enrollment.pending(kind, NOW);
      enrollment.ask(factor.id(), kind, Status.PENDING, NOW);
      Challenge next = enrollment.ask(factor.id(), kind, Status.PENDING, NOW.plusSeconds(40));
      assertThat(find(factor.id()))
          .contains(new Pending(factor, next, Enrollment.answer(next.id())));
      Challenge renewed =
          stores()
              .challenges()
              .renew(enrollment.subject(), next, "another", NOW.plusSeconds(80))
              .orElseThrow();
      assertThat(find(factor.id())).contains(new Pending(factor, renewed, "another"));
    }

    @Test
    void isNotFoundWhereItNeverWas() {
      Factor factor = enrollment.pending(FactorKind.TOTP, NOW);
      assertThat(find(FactorId.random(Samples.IDS))).isEmpty();
      assertThat(stores().activations().find(Samples.subject(), factor.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void becomesActiveByItsFirstRightCode(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Instant now = NOW.plusSeconds(9);
      assertThat(activate(enrollment.proof(factor.id(), now), FIRST))
          .isEqualTo(new Activation.Activated());
      Factor active = enrollment.factor(factor.id());
      assertThat(active.state()).isEqualTo(FactorState.ACTIVE);
      assertThat(active.label()).isEqualTo(factor.label());
      assertThat(active.times().created()).isEqualTo(NOW);
      assertThat(active.times().lapses()).isNull();
      var account = stores().factors().account(enrollment.subject());
      assertThat(account.everEnrolled()).isTrue();
      assertThat(account.active()).containsExactly(active);
    }

    @Test
    void startsFromTheStepThatProvedIt() {
      Factor factor = enrollment.pending(FactorKind.TOTP, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      activate(proof, FIRST);
      assertThat(enrollment.factor(factor.id()).credential())
          .isInstanceOfSatisfying(
              Totp.class,
              totp -> {
                assertThat(totp.progress()).isEqualTo(proof.progress());
                assertThat(totp.seed()).isEqualTo(((Totp) factor.credential()).seed());
              });
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void endsTheChallengeThatProvedIt(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW.plusSeconds(9));
      activate(proof, FIRST);
      Challenge.Progress progress = read(proof).orElseThrow().progress();
      assertThat(progress.status()).isEqualTo(Status.APPROVED);
      assertThat(progress.lastVerdict()).isEqualTo(NOW.plusSeconds(9));
      assertThat(enrollment.factor(factor.id()).credential()).isEqualTo(factor.credential());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void forgetsItsFailuresWhenItIsProven(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      reject(enrollment.proof(factor.id(), NOW));
      activate(enrollment.proof(factor.id(), NOW), FIRST);
      assertThat(enrollment.factor(factor.id()).failures().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void countsWrongCodes(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      for (int left = 4; left >= 0; left--) {
        Instant now = NOW.plusSeconds(5 - left);
        assertThat(reject(enrollment.proof(factor.id(), now)))
            .isEqualTo(new Activation.Rejected(left));
        assertThat(enrollment.factor(factor.id()).failures())
            .isEqualTo(new Failures(5 - left, now));
      }
      assertThat(enrollment.factor(factor.id()).state()).isEqualTo(FactorState.PENDING);
    }

    @Test
    void countsWrongCodesOnTheChallengeToo() {
      Factor factor = enrollment.asked(FactorKind.SMS, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      reject(proof);
      reject(proof);
      Challenge.Progress progress = read(proof).orElseThrow().progress();
      assertThat(progress.guesses()).isEqualTo(2);
      assertThat(progress.lastVerdict()).isEqualTo(NOW);
    }

    @Test
    void showsNoAttemptsLeftPastTheFifthForAnApp() {
      Factor factor = enrollment.pending(FactorKind.TOTP, NOW);
      Instant until = fail(enrollment, factor, 5).delayedUntil();
      assertThat(reject(enrollment.proof(factor.id(), until)))
          .isEqualTo(new Activation.Rejected(0));
    }

    @Test
    void keepsItsFailuresWhenACodeIsSentAgain() {
      Factor factor = enrollment.asked(FactorKind.SMS, NOW);
      reject(enrollment.proof(factor.id(), NOW));
      Challenge challenge = asked(enrollment.proof(factor.id(), NOW));
      assertThat(stores().challenges().renew(enrollment.subject(), challenge, "another", NOW))
          .isPresent();
      assertThat(reject(enrollment.proof(factor.id(), NOW))).isEqualTo(new Activation.Rejected(3));
      enrollment.ask(factor.id(), FactorKind.SMS, Status.PENDING, NOW);
      assertThat(reject(enrollment.proof(factor.id(), NOW))).isEqualTo(new Activation.Rejected(4));
      assertThat(enrollment.factor(factor.id()).failures().count()).isEqualTo(3);
    }
  }

  @Nested
  class ARefusal {
    private final Enrollment enrollment = Enrollment.of(stores());

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatTheFactorIsUnknownOnceItIsGone(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      assertThat(stores().factors().abandon(enrollment.subject(), factor.id())).isTrue();
      refuses(enrollment, proof, refused(Reason.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatItIsActiveAlready(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      activate(proof, FIRST);
      refuses(enrollment, proof, refused(Reason.COMPLETED));
      refuses(enrollment, enrollment.proof(factor.id(), NOW), refused(Reason.COMPLETED));
    }

    @Tag("R11")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatTheEnrollmentLapsedFromItsVeryEnd(FactorKind kind) {
      Instant lapses = NOW.plusSeconds(100);
      Factor factor = enrollment.pending(Samples.pending(kind, NOW, lapses));
      askAgain(enrollment, factor, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      refuses(enrollment, at(proof, lapses), refused(Reason.EXPIRED));
      assertThat(reject(at(proof, lapses.minusSeconds(1)))).isEqualTo(new Activation.Rejected(4));
      assertThat(activate(at(proof, lapses.minusSeconds(1)), FIRST))
          .isEqualTo(new Activation.Activated());
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void tellsThatTheCodeExpiredFromItsVeryEnd(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      refuses(enrollment, at(proof, NOW.plus(LIFE)), refused(Reason.EXPIRED));
      assertThat(activate(at(proof, NOW.plus(LIFE).minusSeconds(1)), FIRST))
          .isEqualTo(new Activation.Activated());
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void tellsThatTheChallengeIsUnknownToAnotherOwner(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      String stepUp = Purpose.STEP_UP.owner(Samples.principal(enrollment.subject()));
      refuses(
          enrollment,
          new Proof(proof.subject(), proof.pending(), stepUp, null, NOW),
          refused(Reason.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void tellsThatACodeOfAReplacedChallengeIsOver(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      askAgain(enrollment, factor, NOW);
      refuses(enrollment, proof, refused(Reason.COMPLETED));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void tellsThatNoCodeIsReady(FactorKind kind) {
      Factor factor = enrollment.pending(kind, NOW);
      enrollment.ask(factor.id(), kind, Status.REQUESTED, NOW);
      refuses(enrollment, enrollment.proof(factor.id(), NOW), refused(Reason.NOT_READY));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatTheFactorIsDelayedToTheSecond(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Instant until = fail(enrollment, factor, 5).last().plusSeconds(30);
      askAgain(enrollment, factor, NOW.plusSeconds(1));
      Proof proof = enrollment.proof(factor.id(), until.minusSeconds(1));
      refuses(enrollment, proof, new Activation.Refused(Reason.DELAYED, until));
      assertThat(activate(at(proof, until), FIRST)).isEqualTo(new Activation.Activated());
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void tellsThatGuessesAreExhaustedAfterTheDelay(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Instant until = fail(enrollment, factor, 5).delayedUntil();
      Proof proof = enrollment.proof(factor.id(), until);
      refuses(
          enrollment,
          at(proof, until.minusSeconds(1)),
          new Activation.Refused(Reason.DELAYED, until));
      refuses(enrollment, proof, refused(Reason.EXHAUSTED));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void tellsThatTheFactorIsDisabledAtTheFiftiethFailure(FactorKind kind) {
      Instant lapses = NOW.plus(Duration.ofDays(30));
      Factor factor = enrollment.pending(Samples.pending(kind, NOW, lapses));
      Instant later = fail(enrollment, factor, 50).last().plus(Duration.ofDays(1));
      askAgain(enrollment, factor, later);
      refuses(enrollment, enrollment.proof(factor.id(), later), refused(Reason.DISABLED));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMS", "EMAIL"})
    void asksToReadAgainOnceTheCodeWasReplaced(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      assertThat(stores().challenges().renew(enrollment.subject(), asked(proof), "new", NOW))
          .isPresent();
      var before = stores().factors().account(enrollment.subject());
      assertThat(activate(proof, FIRST)).isEqualTo(new Activation.Overtaken());
      assertThat(stores().factors().account(enrollment.subject())).isEqualTo(before);
      assertThat(activate(enrollment.proof(factor.id(), NOW), FIRST))
          .isEqualTo(new Activation.Activated());
    }
  }

  @Tag("R18")
  @Nested
  class TheGate {
    private final Enrollment enrollment = Enrollment.of(stores());

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void asksForAGrantOnceAFactorWasProven(FactorKind kind) {
      Factor second = enrollment.asked(kind, NOW);
      enrollment.active(FactorKind.TOTP);
      Proof proof = enrollment.proof(second.id(), NOW);
      assertThat(activate(proof, FIRST)).isEqualTo(new Activation.GrantNeeded());
      assertThat(enrollment.factor(second.id())).isEqualTo(second);
      assertThat(activate(proof, Samples.grant())).isEqualTo(new Activation.Activated());
    }

    /// There is nothing yet that a grant could rest on.
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void opensToNoGrantBeforeAFactorWasProven(FactorKind kind) {
      Factor factor = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(factor.id(), NOW);
      assertThat(activate(proof, Samples.grant())).isEqualTo(new Activation.GrantNeeded());
      assertThat(enrollment.factor(factor.id())).isEqualTo(factor);
      assertThat(activate(proof, FIRST)).isEqualTo(new Activation.Activated());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void takesAGrantOnce(FactorKind kind) {
      enrollment.active(FactorKind.TOTP);
      Factor second = enrollment.asked(kind, NOW);
      Factor third = enrollment.asked(kind, NOW);
      Gate.Granted grant = Samples.grant();
      assertThat(activate(enrollment.proof(second.id(), NOW), grant))
          .isEqualTo(new Activation.Activated());
      Proof proof = enrollment.proof(third.id(), NOW);
      assertThat(activate(proof, grant)).isEqualTo(new Activation.GrantConsumed());
      assertThat(enrollment.factor(third.id())).isEqualTo(third);
      assertThat(activate(proof, Samples.grant())).isEqualTo(new Activation.Activated());
    }

    @Tag("R22")
    @Test
    void burnsTheGrantForEveryOtherChange() {
      FactorId first = enrollment.active(FactorKind.TOTP).id();
      Factor second = enrollment.asked(FactorKind.SMS, NOW);
      Gate.Granted grant = Samples.grant();
      activate(enrollment.proof(second.id(), NOW), grant);
      assertThat(stores().factors().remove(enrollment.subject(), first, grant, NOW))
          .isEqualTo(Change.GRANT_CONSUMED);
      Factor third = Samples.pending(FactorKind.EMAIL, NOW);
      assertThat(stores().factors().add(enrollment.subject(), third, grant))
          .isEqualTo(Change.GRANT_CONSUMED);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void keepsAGrantThatARefusalDidNotUse(FactorKind kind) {
      enrollment.active(FactorKind.TOTP);
      Factor second = enrollment.asked(kind, NOW);
      Proof proof = enrollment.proof(second.id(), NOW);
      Gate.Granted grant = Samples.grant();
      Instant lapsed = NOW.plus(Samples.LAPSE);
      assertThat(activate(at(proof, lapsed), grant)).isEqualTo(refused(Reason.EXPIRED));
      assertThat(reject(proof)).isEqualTo(new Activation.Rejected(4));
      assertThat(activate(proof, grant)).isEqualTo(new Activation.Activated());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void capsForADayWhatARecoveryCodeLetsIn(FactorKind kind) {
      enrollment.active(FactorKind.TOTP);
      FactorId second = enrollment.asked(kind, NOW).id();
      Proof proof = enrollment.proof(second, NOW);
      Gate.Recovered grant = Samples.recovered();
      assertThat(activate(proof, grant)).isEqualTo(new Activation.Activated());
      Instant end = NOW.plus(Duration.ofHours(24));
      assertThat(enrollment.factor(second).times().cappedUntil()).isEqualTo(end);
      assertThat(enrollment.factor(second).isCapped(end.minusMillis(1))).isTrue();
      assertThat(enrollment.factor(second).isCapped(end)).isFalse();
      Scene scene = new Scene(stores(), enrollment.subject(), second, kind);
      Instant later = NOW.plusSeconds(60);
      scene.right(scene.attempt(scene.open(later), later));
      assertThat(scene.factor().times().cappedUntil()).isEqualTo(end);

      Proof third = enrollment.proof(enrollment.asked(FactorKind.EMAIL, NOW).id(), NOW);
      assertThat(activate(third, grant)).isEqualTo(new Activation.GrantConsumed());
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void capsNothingThatAnyOtherGrantLetsIn(FactorKind kind) {
      assertThat(enrollment.active(FactorKind.TOTP).times().cappedUntil()).isNull();
      assertThat(enrollment.active(kind).times().cappedUntil()).isNull();
    }

    @Test
    void asksForAGrantThoughTheProvenFactorIsDisabled() {
      Factor second = enrollment.asked(FactorKind.TOTP, NOW);
      FactorId first = enrollment.active(FactorKind.TOTP).id();
      new Scene(stores(), enrollment.subject(), first, FactorKind.TOTP).fail(50, NOW);
      assertThat(activate(enrollment.proof(second.id(), NOW), FIRST))
          .isEqualTo(new Activation.GrantNeeded());
    }
  }

  @Nested
  class ManyAtOnce {
    @Tag("R03")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void activateAFactorOnce(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        Factor factor = enrollment.asked(kind, NOW);
        Proof proof = enrollment.proof(factor.id(), NOW);
        List<Activation> all = Race.of(parallelism(), i -> activate(proof, FIRST));
        assertThat(all).filteredOn(Activation.Activated.class::isInstance).hasSize(1);
        assertThat(all)
            .filteredOn(a -> !(a instanceof Activation.Activated))
            .containsOnly(refused(Reason.COMPLETED));
      }
    }

    @Tag("R18")
    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void proveOneOfTwoFirstFactors(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        List<Proof> proofs =
            List.of(
                enrollment.proof(enrollment.asked(kind, NOW).id(), NOW),
                enrollment.proof(enrollment.asked(kind, NOW).id(), NOW));
        List<Activation> all = Race.of(parallelism(), i -> activate(proofs.get(i % 2), FIRST));
        assertThat(all).filteredOn(Activation.Activated.class::isInstance).hasSize(1);
        assertThat(stores().factors().account(enrollment.subject()).active()).hasSize(1);
      }
    }

    @Test
    void useAGrantOnceAmongActivations() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        enrollment.active(FactorKind.TOTP);
        List<Proof> proofs =
            IntStream.range(0, parallelism())
                .mapToObj(i -> enrollment.pending(FactorKind.TOTP, NOW))
                .map(factor -> enrollment.proof(factor.id(), NOW))
                .toList();
        Gate.Granted grant = Samples.grant();
        List<Activation> all = Race.of(proofs.size(), i -> activate(proofs.get(i), grant));
        assertThat(all).filteredOn(Activation.Activated.class::isInstance).hasSize(1);
        assertThat(all)
            .filteredOn(a -> !(a instanceof Activation.Activated))
            .containsOnly(new Activation.GrantConsumed());
        assertThat(stores().factors().account(enrollment.subject()).active()).hasSize(2);
      }
    }

    @Tag("R03")
    @Test
    void useAGrantOnceAmongActivationsAndRemovals() {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        FactorId kept = enrollment.active(FactorKind.TOTP).id();
        FactorId removed = enrollment.active(FactorKind.SMS).id();
        Proof proof = enrollment.proof(enrollment.asked(FactorKind.EMAIL, NOW).id(), NOW);
        Gate.Granted grant = Samples.grant();
        List<Boolean> done =
            Race.of(
                parallelism(),
                i ->
                    i % 2 == 0
                        ? activate(proof, grant) instanceof Activation.Activated
                        : stores().factors().remove(enrollment.subject(), removed, grant, NOW)
                            == Change.DONE);
        assertThat(done).filteredOn(won -> won).hasSize(1);
        assertThat(enrollment.factor(kept).isActive()).isTrue();
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOTP", "SMS", "EMAIL"})
    void guessFiveTimes(FactorKind kind) {
      for (int round = 0; round < rounds(); round++) {
        Enrollment enrollment = Enrollment.of(stores());
        Factor factor = enrollment.asked(kind, NOW);
        Proof proof = enrollment.proof(factor.id(), NOW);
        int last = parallelism() - 1;
        List<Activation> all =
            Race.of(parallelism(), i -> i == last ? activate(proof, FIRST) : reject(proof));
        assertThat(all).filteredOn(Activation.Rejected.class::isInstance).hasSize(5);
        assertThat(all).noneMatch(Activation.Activated.class::isInstance);
        assertThat(enrollment.factor(factor.id()).failures().count()).isEqualTo(5);
      }
    }
  }
}
