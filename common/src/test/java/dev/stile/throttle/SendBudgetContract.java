package dev.stile.throttle;

import static dev.stile.testing.Samples.IDS;
import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.Race;
import dev.stile.throttle.SendBudget.Reservation;
import dev.stile.throttle.SendBudget.Reservation.Capped;
import dev.stile.throttle.SendBudget.Reservation.Reserved;
import dev.stile.throttle.SendBudget.Reservation.TooSoon;
import dev.stile.throttle.SendBudget.Send;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every send budget does, whatever it is made of. Tenants are fresh in each test.
@Tag("R06")
public abstract class SendBudgetContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Window AMPLE = new Window(1_000_000, HOUR);
  private static final List<Window> USUAL =
      List.of(
          new Window(3, Duration.ofMinutes(10)),
          new Window(5, HOUR),
          new Window(10, Duration.ofDays(1)));
  private static final SendLimits LIMITS =
      new SendLimits(Duration.ofSeconds(30), USUAL, AMPLE, AMPLE, AMPLE);

  /// The budget under test; the same one throughout a test.
  protected abstract SendBudget budget();

  /// How often each race is run.
  protected int rounds() {
    return 20;
  }

  /// How many callers take part in a race.
  protected int parallelism() {
    return 50;
  }

  private static Subject subject(Tenant tenant) {
    return new Subject(tenant, "user-" + IDS.text());
  }

  private static Subject subject() {
    return subject(new Tenant(IDS.text()));
  }

  /// A message to a destination and from an address that nobody else has.
  private static Send send(Subject subject) {
    return new Send(subject, IDS.text(), IDS.text());
  }

  private static Instant after(String time) {
    return NOW.plus(Duration.parse(time));
  }

  private Reservation reserve(Send send, Instant now) {
    return budget().reserve(send, LIMITS, now);
  }

  private void reserves(Send send, String... times) {
    for (String time : times) {
      assertThat(reserve(send, after(time))).as(time).isEqualTo(new Reserved());
    }
  }

  @Nested
  class ThePause {
    private final Send send = send(subject());

    @Test
    void isThirtySecondsToTheSecond() {
      reserves(send, "PT0S");
      Instant over = NOW.plusSeconds(30);
      assertThat(reserve(send, NOW)).isEqualTo(new TooSoon(over));
      assertThat(reserve(send, over.minusSeconds(1))).isEqualTo(new TooSoon(over));
      assertThat(reserve(send, over)).isEqualTo(new Reserved());
      assertThat(reserve(send, over)).isEqualTo(new TooSoon(over.plusSeconds(30)));
    }

    @Test
    void holdsForADestinationWhoeverAsks() {
      reserves(send, "PT0S");
      var other = new Send(subject(send.subject().tenant()), send.destinationIndex(), IDS.text());
      assertThat(reserve(other, after("PT29S"))).isEqualTo(new TooSoon(after("PT30S")));
    }

    @Test
    void doesNotHoldForOtherDestinations() {
      reserves(send, "PT0S");
      var other = new Send(send.subject(), IDS.text(), send.addressPrefix());
      assertThat(reserve(other, NOW)).isEqualTo(new Reserved());
    }

    @Test
    void doesNotHoldInAnotherTenant() {
      reserves(send, "PT0S");
      var other = new Send(subject(), send.destinationIndex(), send.addressPrefix());
      assertThat(reserve(other, NOW)).isEqualTo(new Reserved());
    }
  }

  @Nested
  class ADestination {
    private final Send send = send(subject());

    private void isFreeAt(String free) {
      assertThat(reserve(send, after(free).minusSeconds(1))).isEqualTo(new Capped(after(free)));
      assertThat(reserve(send, after(free))).isEqualTo(new Reserved());
    }

    @Test
    void getsThreeInTenMinutes() {
      reserves(send, "PT0S", "PT1M", "PT2M");
      assertThat(reserve(send, after("PT2M30S"))).isEqualTo(new Capped(after("PT10M")));
      isFreeAt("PT10M");
      isFreeAt("PT11M");
    }

    @Test
    void getsThreeInAnyTenMinutesAndNoBurstAcrossABoundary() {
      reserves(send, "PT9M", "PT9M30S", "PT10M");
      assertThat(reserve(send, after("PT10M30S"))).isEqualTo(new Capped(after("PT19M")));
      assertThat(reserve(send, after("PT18M59S"))).isEqualTo(new Capped(after("PT19M")));
      assertThat(reserve(send, after("PT19M"))).isEqualTo(new Reserved());
    }

    @Test
    void getsNoFourthNineMinutesAndFiftyNineSecondsAfterTheFirst() {
      reserves(send, "PT1S", "PT5M", "PT9M30S");
      assertThat(reserve(send, after("PT10M"))).isEqualTo(new Capped(after("PT10M1S")));
      assertThat(reserve(send, after("PT10M1S"))).isEqualTo(new Reserved());
    }

    @Test
    void getsFiveInAnyHour() {
      reserves(send, "PT20M", "PT30M", "PT40M", "PT50M", "PT60M");
      assertThat(reserve(send, after("PT70M"))).isEqualTo(new Capped(after("PT80M")));
      isFreeAt("PT80M");
      isFreeAt("PT90M");
    }

    @Test
    void getsTenInAnyDay() {
      reserves(send, "PT1H", "PT3H", "PT5H", "PT7H", "PT9H", "PT11H", "PT13H", "PT15H");
      reserves(send, "PT17H", "PT19H");
      assertThat(reserve(send, after("PT21H"))).isEqualTo(new Capped(after("PT25H")));
      isFreeAt("PT25H");
      isFreeAt("PT27H");
    }

    @Test
    void waitsAsLongAsTheLongestOfItsWindowsAsks() {
      reserves(send, "PT5M", "PT10M", "PT50M", "PT50M30S", "PT51M");
      assertThat(reserve(send, after("PT52M"))).isEqualTo(new Capped(after("PT65M")));
      isFreeAt("PT65M");
    }

    @Test
    void waitsForAWindowThatOutlastsThePause() {
      reserves(send, "PT0S", "PT30S", "PT1M");
      assertThat(reserve(send, after("PT1M1S"))).isEqualTo(new Capped(after("PT10M")));
    }

    @Test
    void waitsForThePauseWhereItOutlastsAWindow() {
      reserves(send, "PT0S", "PT5M", "PT9M50S");
      assertThat(reserve(send, after("PT9M55S"))).isEqualTo(new TooSoon(after("PT10M20S")));
    }

    @Test
    void doesNotWaitLongerForAskingAgain() {
      reserves(send, "PT0S", "PT30S", "PT1M");
      for (int i = 0; i < 20; i++) {
        assertThat(reserve(send, after("PT2M").plusSeconds(i)))
            .isEqualTo(new Capped(after("PT10M")));
      }
      reserves(send, "PT10M", "PT10M30S");
    }

    @Test
    void isForgottenAfterADay() {
      reserves(send, "PT0S", "PT48H", "PT48H30S", "PT48H1M");
    }
  }

  @Nested
  class ACap {
    private static final Window TWO = new Window(2, HOUR);

    private final Tenant tenant = new Tenant(IDS.text());

    private final SendLimits perUser =
        new SendLimits(Duration.ofSeconds(30), USUAL, TWO, AMPLE, AMPLE);
    private final SendLimits perPrefix =
        new SendLimits(Duration.ofSeconds(30), USUAL, AMPLE, TWO, AMPLE);
    private final SendLimits perTenant =
        new SendLimits(Duration.ofSeconds(30), USUAL, AMPLE, AMPLE, TWO);

    private Instant capped(Send send, SendLimits limits, Instant now) {
      Reservation reservation = budget().reserve(send, limits, now);
      assertThat(reservation).isInstanceOf(Capped.class);
      return reservation instanceof Capped(Instant until) ? until : Instant.MIN;
    }

    private void reserves(Send send, SendLimits limits, Instant now) {
      assertThat(budget().reserve(send, limits, now)).isEqualTo(new Reserved());
    }

    /// The third of these is refused until the window ends, and neither earlier nor later.
    private void holds(Send first, Send second, Send third, SendLimits limits) {
      reserves(first, limits, NOW);
      reserves(second, limits, NOW);
      Instant until = capped(third, limits, NOW);
      assertThat(until).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(HOUR));
      assertThat(capped(third, limits, until.minusSeconds(1))).isEqualTo(until);
      reserves(third, limits, until);
    }

    @Test
    void holdsForAUserWhateverTheDestinationAndAddress() {
      Subject user = subject(tenant);
      holds(send(user), send(user), send(user), perUser);
    }

    @Test
    void holdsForAnAddressPrefixWhoeverTheUserIs() {
      String prefix = "198.51.100.0/24";
      holds(
          new Send(subject(tenant), IDS.text(), prefix),
          new Send(subject(tenant), IDS.text(), prefix),
          new Send(subject(tenant), IDS.text(), prefix),
          perPrefix);
    }

    @Test
    void holdsForATenantWhoeverSends() {
      holds(send(subject(tenant)), send(subject(tenant)), send(subject(tenant)), perTenant);
    }

    @Test
    void doesNotHoldForOthers() {
      Subject user = subject(tenant);
      for (SendLimits limits : List.of(perUser, perPrefix)) {
        String prefix = IDS.text();
        reserves(new Send(user, IDS.text(), prefix), limits, NOW);
        reserves(new Send(user, IDS.text(), prefix), limits, NOW);
        reserves(new Send(subject(tenant), IDS.text(), IDS.text()), limits, NOW);
      }
      Tenant full = new Tenant(IDS.text());
      reserves(send(subject(full)), perTenant, NOW);
      reserves(send(subject(full)), perTenant, NOW);
      reserves(send(subject()), perTenant, NOW);
    }

    @Test
    void takesNothingFromTheDestinationWhenItRefuses() {
      for (SendLimits limits : List.of(perUser, perPrefix, perTenant)) {
        Subject user = subject();
        String prefix = IDS.text();
        reserves(new Send(user, IDS.text(), prefix), limits, NOW);
        reserves(new Send(user, IDS.text(), prefix), limits, NOW);
        var refused = new Send(user, IDS.text(), prefix);
        for (int i = 0; i < 12; i++) {
          assertThat(capped(refused, limits, NOW)).isAfter(NOW);
        }
        assertThat(reserve(refused, NOW)).isEqualTo(new Reserved());
      }
    }

    @Test
    void takesNothingFromTheOtherCapsWhenItRefuses() {
      String prefix = IDS.text();
      Subject user = subject(tenant);
      reserves(new Send(user, IDS.text(), prefix), perUser, NOW);
      reserves(new Send(user, IDS.text(), IDS.text()), perUser, NOW);
      for (int i = 0; i < 5; i++) {
        assertThat(capped(new Send(user, IDS.text(), prefix), perUser, NOW)).isAfter(NOW);
      }
      var other = new Send(subject(tenant), IDS.text(), prefix);
      reserves(other, perPrefix, NOW);
      assertThat(capped(send(user), perUser, NOW)).isAfter(NOW);
    }

    @Test
    void losesNothingToADestinationThatIsRefused() {
      Subject user = subject(tenant);
      Send send = send(user);
      reserves(send, perUser, NOW);
      for (int i = 0; i < 5; i++) {
        assertThat(budget().reserve(send, perUser, NOW))
            .isEqualTo(new TooSoon(NOW.plusSeconds(30)));
      }
      reserves(send(user), perUser, NOW);
      assertThat(capped(send(user), perUser, NOW)).isAfter(NOW);
    }
  }

  @Nested
  class ManyAtOnce {
    private static final SendLimits NO_PAUSE =
        new SendLimits(Duration.ZERO, USUAL, AMPLE, AMPLE, AMPLE);

    private int reserved(List<Send> sends, SendLimits limits) {
      List<Reservation> all =
          Race.of(sends.size(), i -> budget().reserve(sends.get(i), limits, NOW));
      return (int) all.stream().filter(Reserved.class::isInstance).count();
    }

    private List<Send> sends(Subject subject) {
      return IntStream.range(0, parallelism()).mapToObj(i -> send(subject)).toList();
    }

    @Test
    void sendOnceToADestination() {
      for (int round = 0; round < rounds(); round++) {
        Send send = send(subject());
        List<Send> same = IntStream.range(0, parallelism()).mapToObj(i -> send).toList();
        assertThat(reserved(same, LIMITS)).isEqualTo(1);
      }
    }

    @Test
    void sendThreeTimesWhereThereIsNoPause() {
      for (int round = 0; round < rounds(); round++) {
        Send send = send(subject());
        List<Send> same = IntStream.range(0, parallelism()).mapToObj(i -> send).toList();
        assertThat(reserved(same, NO_PAUSE)).isEqualTo(3);
      }
    }

    @Test
    void takeExactlyWhatAUserIsAllowed() {
      var limits = new SendLimits(Duration.ZERO, USUAL, new Window(7, HOUR), AMPLE, AMPLE);
      for (int round = 0; round < rounds(); round++) {
        assertThat(reserved(sends(subject()), limits)).isEqualTo(7);
      }
    }

    @Test
    void takeExactlyWhatATenantIsAllowed() {
      var limits = new SendLimits(Duration.ZERO, USUAL, AMPLE, AMPLE, new Window(7, HOUR));
      for (int round = 0; round < rounds(); round++) {
        Tenant tenant = new Tenant(IDS.text());
        List<Send> sends =
            IntStream.range(0, parallelism()).mapToObj(i -> send(subject(tenant))).toList();
        assertThat(reserved(sends, limits)).isEqualTo(7);
      }
    }
  }
}
