package dev.stile.signin;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.signin.SignIn.Place;
import dev.stile.signin.SignIn.Proof;
import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of sign-ins does, whatever it is made of.
@Tag("R03")
public abstract class SignInsContract {
  private static final int RACERS = 16;

  protected abstract SignIns signIns();

  private final Place place = new Place("pool-1", "client-1", Samples.IDS.text());

  private static Proof proof(String txn) {
    return new Proof("aal2", List.of("otp", "sms"), txn);
  }

  private SignIn signIn(String txn) {
    return new SignIn(place, proof(txn), NOW.plusSeconds(60));
  }

  @Test
  void givesAwayOnceWhatItRemembers() {
    assertThat(signIns().remember(signIn("chl_1"))).isTrue();
    assertThat(signIns().take(place, NOW)).contains(proof("chl_1"));
    assertThat(signIns().take(place, NOW)).isEmpty();
  }

  @Test
  void knowsNothingOfAnotherPlace() {
    signIns().remember(signIn("chl_1"));
    for (Place other :
        List.of(
            new Place("pool-2", place.client(), place.user()),
            new Place(place.pool(), "client-2", place.user()),
            new Place(place.pool(), place.client(), place.user() + "x"),
            new Place(place.pool() + "#client-1", place.client().substring(1), place.user()))) {
      assertThat(signIns().take(other, NOW)).isEmpty();
    }
    assertThat(signIns().take(place, NOW)).isPresent();
  }

  @Test
  void givesAwayNothingOnceItIsTooLate() {
    signIns().remember(signIn("chl_1"));
    assertThat(signIns().take(place, NOW.plusSeconds(60))).isEmpty();
    assertThat(signIns().take(place, NOW.plusSeconds(60).minus(Duration.ofMillis(1)))).isPresent();
  }

  /// One approval is one sign-in, whoever tells of it again.
  @Test
  void remembersATransactionOnce() {
    signIns().remember(signIn("chl_1"));
    assertThat(signIns().remember(signIn("chl_1"))).isFalse();
    signIns().take(place, NOW);
    assertThat(signIns().remember(signIn("chl_1"))).isFalse();
    assertThat(signIns().take(place, NOW)).isEmpty();
  }

  @Test
  void putsTheLaterInThePlaceOfTheEarlier() {
    signIns().remember(signIn("chl_1"));
    signIns().take(place, NOW);
    assertThat(signIns().remember(signIn("chl_2"))).isTrue();
    assertThat(signIns().take(place, NOW)).contains(proof("chl_2"));
  }

  @Test
  void givesAwayOnceInARace() {
    for (int round = 0; round < 5; round++) {
      signIns().remember(signIn("chl_" + round));
      List<Optional<Proof>> all = Race.of(RACERS, i -> signIns().take(place, NOW));
      assertThat(all).filteredOn(Optional::isPresent).hasSize(1);
    }
  }

  @Test
  void remembersATransactionOnceInARace() {
    for (int round = 0; round < 5; round++) {
      String txn = "chl_" + round;
      List<Boolean> all = Race.of(RACERS, i -> signIns().remember(signIn(txn)));
      assertThat(all).filteredOn(remembered -> remembered).hasSize(1);
    }
  }
}
