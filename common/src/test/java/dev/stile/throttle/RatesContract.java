package dev.stile.throttle;

import static dev.stile.testing.Samples.IDS;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.subject.Tenant;
import dev.stile.testing.Race;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every counter of rates does, whatever it is made of. Keys are fresh in each test.
public abstract class RatesContract {
  private static final Tenant TENANT = new Tenant("default");
  private static final Duration PER = Duration.ofMinutes(10);

  private final String key = IDS.text();

  /// The counters under test; the same ones throughout a test.
  protected abstract Rates rates();

  /// How often each race is run.
  protected int rounds() {
    return 20;
  }

  /// How many callers take part in a race.
  protected int parallelism() {
    return 50;
  }

  private Optional<Instant> take(int limit, Instant now) {
    return rates().take(TENANT, "challenges", key, new Window(limit, PER), now);
  }

  @Test
  void takesAsManyAsAWindowAllows() {
    for (int i = 0; i < 3; i++) {
      assertThat(take(3, NOW)).isEmpty();
    }
    assertThat(take(3, NOW)).isPresent();
    assertThat(take(3, NOW)).isPresent();
  }

  @Test
  void saysWhenTheWindowEndsAndKeepsThatToTheSecond() {
    assertThat(take(1, NOW)).isEmpty();
    Instant end = take(1, NOW).orElseThrow();
    assertThat(end).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(PER));
    assertThat(take(1, end.minusSeconds(1))).contains(end);
    assertThat(take(1, end)).isEmpty();
    assertThat(take(1, end)).contains(end.plus(PER));
  }

  @Test
  void startsTheNextWindowAtZero() {
    for (int window = 0; window < 3; window++) {
      Instant now = NOW.plus(PER.multipliedBy(window));
      assertThat(take(2, now)).isEmpty();
      assertThat(take(2, now)).isEmpty();
      assertThat(take(2, now)).isPresent();
    }
  }

  @Test
  void countsNothingWhereThereWasNoRoom() {
    assertThat(take(1, NOW)).isEmpty();
    assertThat(take(1, NOW)).isPresent();
    assertThat(take(2, NOW)).isEmpty();
    assertThat(take(2, NOW)).isPresent();
  }

  @Test
  void keepsKeysScopesAndTenantsApart() {
    var one = new Window(1, PER);
    assertThat(rates().take(TENANT, "challenges", key, one, NOW)).isEmpty();
    assertThat(rates().take(TENANT, "challenges", key + "x", one, NOW)).isEmpty();
    assertThat(rates().take(TENANT, "enrollments", key, one, NOW)).isEmpty();
    assertThat(rates().take(new Tenant("other"), "challenges", key, one, NOW)).isEmpty();
    assertThat(rates().take(TENANT, "challenges", key, one, NOW)).isPresent();
  }

  @Test
  void takesExactlyWhatIsAllowedFromManyAtOnce() {
    for (int round = 0; round < rounds(); round++) {
      String contested = IDS.text();
      var seven = new Window(7, PER);
      List<Optional<Instant>> all =
          Race.of(parallelism(), i -> rates().take(TENANT, "challenges", contested, seven, NOW));
      assertThat(all).filteredOn(Optional::isEmpty).hasSize(7);
    }
  }
}
