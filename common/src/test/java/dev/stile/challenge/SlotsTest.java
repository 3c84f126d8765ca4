package dev.stile.challenge;

import static dev.stile.challenge.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenge.Progress;
import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlotsTest {
  @ParameterizedTest
  @EnumSource
  void haveRoomOnAFactorWithoutChallenges(FactorKind kind) {
    assertThat(Slots.plan(List.of(), kind, NOW)).isEqualTo(new Slots.Room(Set.of(), Set.of()));
  }

  @ParameterizedTest
  @EnumSource(names = {"SMS", "EMAIL"})
  void replaceTheLiveChallengeOfADestination(FactorKind kind) {
    for (Status status : List.of(Status.PENDING, Status.REQUESTED)) {
      var live = Samples.challenge(kind, NOW, Progress.of(status));
      var done = Samples.challenge(kind, NOW, Progress.of(Status.APPROVED));
      assertThat(Slots.plan(List.of(live, done), kind, NOW))
          .isEqualTo(new Slots.Room(Set.of(live.id()), Set.of()));
    }
  }

  @Test
  void letAnAppHaveFourLiveChallenges() {
    List<Challenge> live = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      assertThat(Slots.plan(live, FactorKind.TOTP, NOW))
          .isEqualTo(new Slots.Room(Set.of(), Set.of()));
      live.add(totp(NOW.minusSeconds(60 - i), Status.PENDING));
    }
    // The first of them ends four minutes from now.
    assertThat(Slots.plan(live, FactorKind.TOTP, NOW))
        .isEqualTo(new Slots.Full(NOW.plusSeconds(240)));
    Instant then = NOW.plusSeconds(240);
    assertThat(Slots.plan(live, FactorKind.TOTP, then.minusMillis(1)))
        .isInstanceOf(Slots.Full.class);
    assertThat(Slots.plan(live, FactorKind.TOTP, then)).isInstanceOf(Slots.Room.class);
  }

  @Test
  void takeExhaustedAndExpiredOnesForEnded() {
    var exhausted =
        Samples.challenge(FactorKind.TOTP, NOW, new Progress(Status.PENDING, 5, NOW, null, null));
    var expired = totp(NOW.minus(Duration.ofMinutes(6)), Status.PENDING);
    var live = totp(NOW, Status.PENDING);
    assertThat(Slots.plan(List.of(exhausted, expired, live, live), FactorKind.TOTP, NOW))
        .isEqualTo(new Slots.Room(Set.of(), Set.of()));
  }

  @Test
  void dropWhatEndedOverTenMinutesAgo() {
    var old = totp(NOW.minusSeconds(300 + 601), Status.PENDING);
    var recent = totp(NOW.minusSeconds(300 + 600), Status.PENDING);
    var answered =
        Samples.challenge(
            FactorKind.TOTP,
            NOW.minusSeconds(700),
            new Progress(Status.APPROVED, 0, NOW.minusSeconds(650), null, null));
    assertThat(Slots.plan(List.of(recent, old, answered), FactorKind.TOTP, NOW))
        .isEqualTo(new Slots.Room(Set.of(), Set.of(old.id(), answered.id())));
  }

  @Test
  void dropTheLongestEndedOfEight() {
    List<Challenge> ended = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ended.add(totp(NOW.minusSeconds(310 + i), Status.PENDING));
    }
    assertThat(Slots.plan(ended.subList(0, 7), FactorKind.TOTP, NOW))
        .isEqualTo(new Slots.Room(Set.of(), Set.of()));
    assertThat(Slots.plan(ended, FactorKind.TOTP, NOW))
        .isEqualTo(new Slots.Room(Set.of(), Set.of(ended.get(7).id())));
  }

  @Test
  void neverDropALiveOne() {
    List<Challenge> present = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      present.add(totp(NOW.minusSeconds(200), Status.PENDING));
    }
    for (int i = 0; i < 9; i++) {
      present.add(totp(NOW.minusSeconds(310 + i), Status.PENDING));
    }
    var room = (Slots.Room) Slots.plan(present, FactorKind.TOTP, NOW);
    assertThat(present.size() - room.dropped().size()).isEqualTo(Slots.MAX_ENTRIES - 1);
    present.subList(0, 3).forEach(c -> assertThat(room.dropped()).doesNotContain(c.id()));
  }

  private static Challenge totp(Instant created, Status status) {
    return Samples.challenge(FactorKind.TOTP, created, Progress.of(status));
  }
}
