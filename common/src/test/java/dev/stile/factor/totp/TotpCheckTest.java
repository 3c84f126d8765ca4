package dev.stile.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.Code;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.TotpParameters.Hash;
import dev.stile.key.Sealed;
import dev.stile.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpCheckTest {
  private static final long RANDOM_SEED = 20260703;
  private static final Instant STEP_START = Instant.parse("2026-07-01T12:00:00Z");

  private final ReferenceHotp hotp = new ReferenceHotp();
  private final Secret seed = seed(20);
  private final TotpCheck check = new TotpCheck(hotp);

  @Tag("R09")
  @Nested
  class AfterActivation {
    /// Second by second: the app's clock is `offset` seconds from ours, ours stands `into` seconds
    /// into a step. Accepted are exactly the current step and the one before, moved by the drift.
    @ParameterizedTest
    @CsvSource({
      "-1, 0, -60, -1", "-1, 10, -70, -11", "-1, 29, -89, -30",
      "0, 0, -30, 29", "0, 10, -40, 19", "0, 29, -59, 0",
      "1, 0, 0, 59", "1, 10, -10, 49", "1, 29, -29, 30"
    })
    void acceptsTheCurrentStepAndTheOneBefore(int drift, int into, int first, int last) {
      Instant now = STEP_START.plusSeconds(into);
      List<Integer> accepted = new ArrayList<>();
      for (int offset = -90; offset <= 90; offset++) {
        Instant shown = now.plusSeconds(offset);
        OptionalLong match = check.match(seed, totp(drift), codeAt(shown), now);
        if (match.isPresent()) {
          assertThat(match).hasValue(TotpParameters.USUAL.stepAt(shown));
          accepted.add(offset);
        }
      }
      assertThat(accepted).isEqualTo(range(first, last));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60})
    void countsInStepsOfItsPeriod(int period) {
      var parameters = new TotpParameters(Hash.SHA256, 8, Duration.ofSeconds(period));
      var totp = totp(parameters, 0);
      Secret longer = seed(32);
      for (int steps = -3; steps <= 3; steps++) {
        Instant shown = STEP_START.plusSeconds((long) steps * period);
        long step = parameters.stepAt(shown);
        var code = Code.of(hotp.digits(longer, parameters, step));
        assertThat(check.match(longer, totp, code, STEP_START).isPresent())
            .isEqualTo(steps == 0 || steps == -1);
      }
    }

    @Test
    void refusesTheCodeOfAnotherSeed() {
      var code = codeAt(STEP_START);
      assertThat(check.match(seed, totp(0), code, STEP_START)).isPresent();
      assertThat(check.match(seed(21), totp(0), code, STEP_START)).isEmpty();
    }

    @Test
    void refusesTheRightDigitsWithOthersAroundThem() {
      var eight = new TotpParameters(Hash.SHA1, 8, Duration.ofSeconds(30));
      String digits = hotp.digits(seed, eight, eight.stepAt(STEP_START));
      assertThat(check.match(seed, totp(eight, 0), Code.of(digits), STEP_START)).isPresent();
      for (String part : List.of(digits.substring(2), digits.substring(0, 6))) {
        assertThat(check.match(seed, totp(eight, 0), Code.of(part), STEP_START)).isEmpty();
      }
      assertThat(check.match(seed, totp(0), Code.of(digits), STEP_START)).isEmpty();
    }

    @Test
    void countsNoStepBeforeTheFirst() {
      var code = Code.of(hotp.digits(seed, TotpParameters.USUAL, 0));
      assertThat(check.match(seed, totp(0), code, Instant.EPOCH)).hasValue(0);
      assertThat(check.match(seed, totp(-1), code, Instant.EPOCH)).isEmpty();
    }
  }

  @Tag("R09")
  @Nested
  class AtActivation {
    /// One step more on either side than later.
    @ParameterizedTest
    @CsvSource({"0, -60, 59", "10, -70, 49", "29, -89, 30"})
    void acceptsOneStepMoreOnEitherSide(int into, int first, int last) {
      Instant now = STEP_START.plusSeconds(into);
      List<Integer> accepted = new ArrayList<>();
      for (int offset = -120; offset <= 120; offset++) {
        Instant shown = now.plusSeconds(offset);
        OptionalLong match = check.matchFirst(seed, totp(0), codeAt(shown), now);
        if (match.isPresent()) {
          assertThat(match).hasValue(TotpParameters.USUAL.stepAt(shown));
          accepted.add(offset);
        }
      }
      assertThat(accepted).isEqualTo(range(first, last));
    }

    @ParameterizedTest
    @CsvSource({"-2, -1", "-1, 0", "0, 0", "1, 1"})
    void learnsTheDriftFromTheStepThatMatched(int ahead, int drift) {
      long step = TotpParameters.USUAL.stepAt(STEP_START) + ahead;
      assertThat(TotpCheck.drift(TotpParameters.USUAL, step, STEP_START)).isEqualTo(drift);
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, -3, 2, 100})
    void neverLearnsMoreThanOneStep(int ahead) {
      long step = TotpParameters.USUAL.stepAt(STEP_START) + ahead;
      assertThat(TotpCheck.drift(TotpParameters.USUAL, step, STEP_START)).isBetween(-1, 1);
    }

    /// Whatever clock an app was activated with, its next code is accepted too.
    @Test
    void acceptsTheNextCodeOfAnAppWhoseDriftItLearned() {
      for (int offset = -60; offset <= 59; offset++) {
        Instant shown = STEP_START.plusSeconds(offset);
        long step = check.matchFirst(seed, totp(0), codeAt(shown), STEP_START).orElseThrow();
        int drift = TotpCheck.drift(TotpParameters.USUAL, step, STEP_START);
        Instant later = STEP_START.plusSeconds(300);
        var next = codeAt(later.plusSeconds(offset));
        assertThat(check.match(seed, totp(drift), next, later)).as("offset %d", offset).isPresent();
      }
    }
  }

  @Tag("R10")
  @Nested
  class Freshness {
    @ParameterizedTest
    @CsvSource({"99, false", "100, false", "101, true", "102, true", "1000, true"})
    void takesOnlyLaterSteps(long step, boolean fresh) {
      var progress = new TotpProgress(100, "seen", "owner", 0);
      assertThat(TotpCheck.isFresh(progress, step, "other")).isEqualTo(fresh);
    }

    @ParameterizedTest
    @CsvSource({"100, false", "101, false", "102, false", "103, true"})
    void refusesTheSameDigitsInTheNextSteps(long step, boolean fresh) {
      var progress = new TotpProgress(100, "seen", "owner", 0);
      assertThat(TotpCheck.isFresh(progress, step, "seen")).isEqualTo(fresh);
    }

    @Test
    void takesAnyStepOfAnAppThatWasNeverUsed() {
      assertThat(TotpCheck.isFresh(TotpProgress.NEW, 0, "digits")).isTrue();
      assertThat(TotpCheck.isFresh(TotpProgress.NEW, 59_000_000, "digits")).isTrue();
    }

    /// One step in a million shows the digits of the one before. For this seed the first such step
    /// from 2026 on comes after 1,796,780 others; the search starts shortly before it.
    @Test
    void refusesARealCollisionOfTwoSteps() {
      long step = TotpParameters.USUAL.stepAt(Instant.parse("2028-03-16T00:00:00Z"));
      while (!digits(step).equals(digits(step + 1))) {
        step++;
      }
      Instant first = Instant.ofEpochSecond(step * 30);
      var code = Code.of(digits(step));
      assertThat(check.match(seed, totp(0), code, first)).hasValue(step);
      // In the next step the same six digits are right again, and the later step is found.
      assertThat(check.match(seed, totp(0), code, first.plusSeconds(30))).hasValue(step + 1);
      var used = new TotpProgress(step, code.reveal(), "owner", 0);
      assertThat(TotpCheck.isFresh(used, step + 1, code.reveal())).isFalse();
      assertThat(TotpCheck.isFresh(used, step + 1, "the digest of others")).isTrue();
    }
  }

  @Tag("R31")
  @Nested
  class Timing {
    /// No early exit: the number of candidates tells nothing of the match (R31).
    @Test
    void computesEveryCandidateWhicheverMatches() {
      Map<Integer, List<Long>> calls = new HashMap<>();
      long current = TotpParameters.USUAL.stepAt(STEP_START);
      for (int ahead = -3; ahead <= 2; ahead++) {
        List<Long> steps = new ArrayList<>();
        var counting =
            new TotpCheck((secret, parameters, step) -> {
              steps.add(step);
              return hotp.digits(secret, parameters, step);
            });
        var code = Code.of(digits(current + ahead));
        counting.match(seed, totp(0), code, STEP_START);
        assertThat(steps).containsExactly(current - 1, current);
        steps.clear();
        counting.matchFirst(seed, totp(0), code, STEP_START);
        assertThat(steps).containsExactly(current - 2, current - 1, current, current + 1);
        calls.put(ahead, steps);
      }
      assertThat(calls).hasSize(6);
    }
  }

  private Code codeAt(Instant moment) {
    return Code.of(digits(TotpParameters.USUAL.stepAt(moment)));
  }

  private String digits(long step) {
    return hotp.digits(seed, TotpParameters.USUAL, step);
  }

  private static Totp totp(int drift) {
    return totp(TotpParameters.USUAL, drift);
  }

  private static Totp totp(TotpParameters parameters, int drift) {
    var progress = new TotpProgress(-1, null, null, drift);
    return new Totp(new Sealed(1, ""), parameters, progress);
  }

  private static Secret seed(int length) {
    byte[] bytes = new byte[length];
    new Random(RANDOM_SEED).nextBytes(bytes);
    return Secret.of(bytes);
  }

  private static List<Integer> range(int first, int last) {
    List<Integer> range = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      range.add(i);
    }
    return range;
  }
}
