package dev.stile.factor.recovery;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Redemptions;
import dev.stile.challenge.Redemptions.Presentation;
import dev.stile.challenge.Redemptions.Redemption;
import dev.stile.challenge.Redemptions.Redemption.Redeemed;
import dev.stile.challenge.Redemptions.Redemption.Refused;
import dev.stile.challenge.Redemptions.Redemption.Rejected;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.factor.recovery.RecoveryCodes.Remaining;
import dev.stile.factor.recovery.RecoveryCodes.Replacement;
import dev.stile.subject.Subject;
import dev.stile.testing.Enrollment;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import dev.stile.testing.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of recovery codes does, and every verdict on them, whatever it is made of.
@Tag("R12")
public abstract class RecoveryCodesContract extends StoreContract {
  private static final int GUESSES = 5;

  protected abstract RecoveryCodes codes();

  protected abstract Redemptions redemptions();

  /// How often the races for one code are run; they are many, as the write is cheap.
  protected int codeRounds() {
    return 200;
  }

  private Subject enrolled() {
    Enrollment enrollment = Enrollment.of(stores());
    enrollment.active(FactorKind.TOTP);
    return enrollment.subject();
  }

  private Subject withCodes() {
    Subject subject = enrolled();
    assertThat(replace(subject, "a", Samples.grant())).isEqualTo(Replacement.DONE);
    return subject;
  }

  private Replacement replace(Subject subject, String set, Gate.Granted grant) {
    return codes().replace(subject, digests(set), grant, NOW);
  }

  private static Set<String> digests(String set) {
    return IntStream.range(0, RecoveryCodes.SET_SIZE)
        .mapToObj(i -> digest(set, i))
        .collect(Collectors.toSet());
  }

  private static String digest(String set, int number) {
    return Samples.digest("code", set, number);
  }

  private static Presentation presentation(Subject subject, Instant now) {
    return new Presentation(Samples.request(), subject, Samples.approval(), now);
  }

  private Redemption redeem(Subject subject, String digest, Instant now) {
    return redemptions().redeem(presentation(subject, now), digest);
  }

  private Redemption wrong(Subject subject, Instant now) {
    return redeem(subject, Samples.digest("wrong", Samples.request()), now);
  }

  private Remaining remaining(Subject subject) {
    return codes().remaining(subject).orElseThrow();
  }

  private static Refused refused(Reason reason) {
    return new Refused(reason, Instant.MAX);
  }

  @Nested
  class MakingThem {
    @Test
    void keepsAWholeSet() {
      Subject subject = enrolled();
      assertThat(codes().remaining(subject)).isEmpty();
      assertThat(replace(subject, "a", Samples.grant())).isEqualTo(Replacement.DONE);
      assertThat(remaining(subject)).isEqualTo(new Remaining(10, NOW, Failures.NONE));
    }

    @Test
    void burnsTheGrant() {
      Subject subject = enrolled();
      Gate.Granted grant = Samples.grant();
      assertThat(replace(subject, "a", grant)).isEqualTo(Replacement.DONE);
      assertThat(replace(subject, "b", grant)).isEqualTo(Replacement.GRANT_CONSUMED);
      assertThat(redeem(subject, digest("b", 0), NOW)).isEqualTo(new Rejected());
      assertThat(redeem(subject, digest("a", 0), NOW)).isInstanceOf(Redeemed.class);
    }

    @Test
    void takesAnActiveFactor() {
      Enrollment enrollment = Enrollment.of(stores());
      Gate.Granted grant = Samples.grant();
      assertThat(replace(enrollment.subject(), "a", grant)).isEqualTo(Replacement.NO_FACTOR);
      enrollment.pending(FactorKind.TOTP, NOW);
      assertThat(replace(enrollment.subject(), "a", grant)).isEqualTo(Replacement.NO_FACTOR);
      assertThat(codes().remaining(enrollment.subject())).isEmpty();
    }

    @Test
    void killsTheOldSetAndItsFailures() {
      Subject subject = withCodes();
      assertThat(redeem(subject, digest("a", 0), NOW)).isInstanceOf(Redeemed.class);
      assertThat(wrong(subject, NOW)).isEqualTo(new Rejected());
      assertThat(replace(subject, "b", Samples.grant())).isEqualTo(Replacement.DONE);
      assertThat(remaining(subject)).isEqualTo(new Remaining(10, NOW, Failures.NONE));
      assertThat(redeem(subject, digest("a", 1), NOW)).isEqualTo(new Rejected());
      assertThat(redeem(subject, digest("b", 1), NOW)).isInstanceOf(Redeemed.class);
    }

    @Test
    void leavesTheFactorsAsTheyAre() {
      Subject subject = enrolled();
      var before = stores().factors().account(subject);
      replace(subject, "a", Samples.grant());
      assertThat(stores().factors().account(subject)).isEqualTo(before);
    }
  }

  @Nested
  class ARightCode {
    @Test
    void isGoneOnceItIsRedeemed() {
      Subject subject = withCodes();
      Presentation presentation = presentation(subject, NOW);
      assertThat(redemptions().redeem(presentation, digest("a", 3)))
          .isEqualTo(new Redeemed(presentation, 9));
      assertThat(redeem(subject, digest("a", 3), NOW)).isEqualTo(new Rejected());
      assertThat(remaining(subject)).isEqualTo(new Remaining(9, NOW, new Failures(1, NOW)));
    }

    @Test
    void isThatOfItsOwnSubject() {
      Subject subject = withCodes();
      Subject other = enrolled();
      replace(other, "other", Samples.grant());
      assertThat(redeem(other, digest("a", 0), NOW)).isEqualTo(new Rejected());
      assertThat(remaining(subject).codes()).isEqualTo(10);
    }

    @Test
    void forgetsTheWrongOnesBeforeIt() {
      Subject subject = withCodes();
      for (int i = 1; i < GUESSES; i++) {
        assertThat(wrong(subject, NOW)).isEqualTo(new Rejected());
      }
      assertThat(redeem(subject, digest("a", 0), NOW)).isInstanceOf(Redeemed.class);
      assertThat(remaining(subject).failures()).isEqualTo(Failures.NONE);
    }

    /// The SDK repeats a call whose answer was lost: the first one's write is its own.
    @Test
    void isTheSameVerdictWhenItIsRepeated() {
      Subject subject = withCodes();
      Presentation presentation = presentation(subject, NOW);
      Redemption first = redemptions().redeem(presentation, digest("a", 0));
      assertThat(redemptions().redeem(presentation, digest("a", 0))).isEqualTo(first);
      assertThat(remaining(subject).codes()).isEqualTo(9);
    }

    @Test
    void canBeTheLast() {
      Subject subject = withCodes();
      Presentation last = presentation(subject, NOW);
      for (int i = 1; i < RecoveryCodes.SET_SIZE; i++) {
        assertThat(redeem(subject, digest("a", i), NOW)).isInstanceOf(Redeemed.class);
      }
      assertThat(redemptions().redeem(last, digest("a", 0))).isEqualTo(new Redeemed(last, 0));
      assertThat(redemptions().redeem(last, digest("a", 0))).isEqualTo(new Redeemed(last, 0));
      assertThat(wrong(subject, NOW)).isEqualTo(refused(Reason.UNKNOWN));
    }
  }

  @Nested
  class AWrongCode {
    @Test
    void isCountedAndTakesNone() {
      Subject subject = withCodes();
      assertThat(wrong(subject, NOW)).isEqualTo(new Rejected());
      assertThat(remaining(subject)).isEqualTo(new Remaining(10, NOW, new Failures(1, NOW)));
    }

    @Test
    void isCountedOnceWhenItIsRepeated() {
      Subject subject = withCodes();
      Presentation presentation = presentation(subject, NOW);
      String wrong = Samples.digest("wrong");
      assertThat(redemptions().redeem(presentation, wrong)).isEqualTo(new Rejected());
      assertThat(redemptions().redeem(presentation, wrong)).isEqualTo(new Rejected());
      assertThat(remaining(subject).failures().count()).isEqualTo(1);
    }

    @Test
    void delaysTheNextGuessFromTheFifth() {
      Subject subject = withCodes();
      Instant now = NOW;
      for (int count = 1; count < 14; count++) {
        assertThat(wrong(subject, now)).isEqualTo(new Rejected());
        Instant next = now.plus(Failures.delayAfter(count));
        if (count >= GUESSES) {
          var delayed = new Refused(Reason.DELAYED, next);
          assertThat(wrong(subject, next.minusMillis(1))).isEqualTo(delayed);
          assertThat(redeem(subject, digest("a", 0), next.minusMillis(1))).isEqualTo(delayed);
        }
        assertThat(remaining(subject).failures()).isEqualTo(new Failures(count, now));
        now = next;
      }
      assertThat(redeem(subject, digest("a", 0), now)).isInstanceOf(Redeemed.class);
    }

    @Test
    void disablesTheSetInTheEnd() {
      Subject subject = withCodes();
      Instant now = NOW;
      for (int count = 1; count <= Failures.DISABLED_AT; count++) {
        assertThat(wrong(subject, now)).isEqualTo(new Rejected());
        now = now.plus(Failures.delayAfter(count));
      }
      Instant later = now.plusSeconds(86_400);
      assertThat(redeem(subject, digest("a", 0), later)).isEqualTo(refused(Reason.DISABLED));
      assertThat(wrong(subject, later)).isEqualTo(refused(Reason.DISABLED));
      assertThat(remaining(subject).failures().disabled()).isTrue();
    }

    @Test
    void isNothingToASubjectWithoutCodes() {
      Subject subject = enrolled();
      assertThat(wrong(subject, NOW)).isEqualTo(refused(Reason.UNKNOWN));
      assertThat(codes().remaining(subject)).isEmpty();
    }
  }

  @Nested
  class InARace {
    @Tag("R03")
    @Test
    void oneCodeIsRedeemedOnce() {
      for (int round = 0; round < codeRounds(); round++) {
        Subject subject = withCodes();
        List<Redemption> redeemed =
            Race.of(parallelism(), i -> redeem(subject, digest("a", 0), NOW));
        assertThat(redeemed).filteredOn(r -> r instanceof Redeemed).hasSize(1);
        assertThat(redeemed)
            .filteredOn(r -> r instanceof Rejected)
            .hasSizeLessThanOrEqualTo(GUESSES);
        assertThat(remaining(subject).codes()).isEqualTo(9);
      }
    }

    @Test
    void eachOfManyCodesIsRedeemedOnce() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = withCodes();
        List<Redemption> redeemed =
            Race.of(RecoveryCodes.SET_SIZE, i -> redeem(subject, digest("a", i), NOW));
        assertThat(redeemed).allMatch(r -> r instanceof Redeemed);
        assertThat(redeemed)
            .extracting(r -> ((Redeemed) r).codesLeft())
            .containsExactlyInAnyOrder(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
      }
    }

    @Tag("R04")
    @Test
    void fiveWrongCodesAreJudged() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = withCodes();
        List<Redemption> redeemed = Race.of(parallelism(), i -> wrong(subject, NOW));
        assertThat(redeemed).filteredOn(r -> r instanceof Rejected).hasSize(GUESSES);
        assertThat(redeemed)
            .filteredOn(r -> !(r instanceof Rejected))
            .allMatch(r -> r.equals(new Refused(Reason.DELAYED, NOW.plusSeconds(30))));
        assertThat(remaining(subject).failures()).isEqualTo(new Failures(GUESSES, NOW));
      }
    }

    /// Whichever comes first: an old code is redeemed before the new set, or it is wrong.
    @Test
    void noCodeOfTheOldSetIsLeftInTheNew() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = withCodes();
        Gate.Granted grant = Samples.grant();
        List<Object> both =
            Race.of(
                8,
                i -> i == 4 ? replace(subject, "b", grant) : redeem(subject, digest("a", i), NOW));
        assertThat(both).contains(Replacement.DONE);
        Remaining left = remaining(subject);
        assertThat(left.codes()).isEqualTo(10);
        assertThat(left.failures().count())
            .isEqualTo((int) both.stream().filter(r -> r instanceof Rejected).count());
        assertThat(redeem(subject, digest("b", 0), NOW.plusSeconds(7200)))
            .isInstanceOf(Redeemed.class);
      }
    }

    @Tag("R22")
    @Test
    void oneGrantMakesOneSet() {
      for (int round = 0; round < rounds(); round++) {
        Subject subject = withCodes();
        Gate.Granted grant = Samples.grant();
        List<Replacement> made = Race.of(4, i -> replace(subject, "new" + i, grant));
        assertThat(made).filteredOn(r -> r == Replacement.DONE).hasSize(1);
        assertThat(made).filteredOn(r -> r == Replacement.GRANT_CONSUMED).hasSize(3);
        String set = "new" + made.indexOf(Replacement.DONE);
        assertThat(redeem(subject, digest(set, 0), NOW)).isInstanceOf(Redeemed.class);
      }
    }
  }
}
