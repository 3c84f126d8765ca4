package dev.stile.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R04")
class FailuresTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "4, 0",
    "5, 30",
    "6, 60",
    "7, 120",
    "8, 240",
    "9, 480",
    "10, 960",
    "11, 1920",
    "12, 3600",
    "13, 3600",
    "49, 3600",
    "50, 3600",
    "1000, 3600",
    "2147483647, 3600"
  })
  void delaysLongerWithEachFailure(int count, long seconds) {
    assertThat(Failures.delayAfter(count)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void neverDelaysLessForMoreFailures() {
    for (int count = 0; count < 200; count++) {
      assertThat(Failures.delayAfter(count + 1)).isGreaterThanOrEqualTo(Failures.delayAfter(count));
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 30", "6, 60", "11, 1920", "12, 3600", "49, 3600"})
  void admitsAGuessWhenTheDelayIsOverAndNotBefore(int count, long seconds) {
    var failures = new Failures(count, NOW);
    Instant until = NOW.plusSeconds(seconds);
    assertThat(failures.delayedUntil()).isEqualTo(until);
    assertThat(failures.admitsGuess(NOW)).isFalse();
    assertThat(failures.admitsGuess(until.minusMillis(1))).isFalse();
    assertThat(failures.admitsGuess(until)).isTrue();
  }

  @Test
  void admitsGuessesUpToTheFifthFailureAtOnce() {
    for (int count = 0; count < 5; count++) {
      assertThat(new Failures(count, NOW).admitsGuess(NOW)).isTrue();
    }
    assertThat(Failures.NONE.admitsGuess(NOW)).isTrue();
  }

  @Test
  void disablesAtFiftyForEver() {
    assertThat(new Failures(49, NOW).disabled()).isFalse();
    assertThat(new Failures(50, NOW).disabled()).isTrue();
    assertThat(new Failures(51, NOW).disabled()).isTrue();
    assertThat(new Failures(50, NOW).admitsGuess(NOW.plus(Duration.ofDays(36_500)))).isFalse();
  }

  @Test
  void countsOneMoreAndDelaysFromThen() {
    var failures = Failures.NONE;
    for (int i = 1; i <= 5; i++) {
      failures = failures.plusOne(NOW.plusSeconds(i));
    }
    assertThat(failures).isEqualTo(new Failures(5, NOW.plusSeconds(5)));
    assertThat(failures.delayedUntil()).isEqualTo(NOW.plusSeconds(35));
  }

  /// The guesses that a patient attacker gets in before the factor is disabled.
  @Test
  void takesOverADayToDisableAFactor() {
    Instant at = NOW;
    var failures = Failures.NONE;
    while (!failures.disabled()) {
      at = failures.delayedUntil().isAfter(at) ? failures.delayedUntil() : at;
      assertThat(failures.admitsGuess(at)).isTrue();
      failures = failures.plusOne(at);
    }
    assertThat(failures.count()).isEqualTo(50);
    assertThat(Duration.between(NOW, at))
        .isEqualTo(Duration.ofSeconds(30 + 60 + 120 + 240 + 480 + 960 + 1920 + 38 * 3600));
  }
}
