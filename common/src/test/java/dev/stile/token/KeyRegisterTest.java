package dev.stile.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.memory.InMemoryKeyRegisters;
import dev.stile.testing.PlainKeyPairs;
import dev.stile.testing.SetClock;
import dev.stile.token.KeyRegister.Entry;
import dev.stile.token.KeyRegister.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The lives of signing keys, by the clock.
@Tag("R30")
class KeyRegisterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final SigningAlgorithm ES256 = SigningAlgorithm.ES256;

  private final SetClock clock = new SetClock(START);
  private final KeyRotation rotation =
      new KeyRotation(new InMemoryKeyRegisters(), new PlainKeyPairs(), clock);

  private List<State> states() {
    KeyRegister register = rotation.read(ES256);
    return register.entries().stream().map(e -> register.state(e, clock.instant())).toList();
  }

  private String kid(int index) {
    return rotation.read(ES256).entries().get(index).kid();
  }

  private String signing() {
    return rotation.read(ES256).used(clock.instant()).map(Entry::kid).orElseThrow();
  }

  private List<String> verifying() {
    return rotation.read(ES256).published(clock.instant()).stream().map(PublishedKey::kid).toList();
  }

  private void at(Duration sinceStart) {
    clock.set(START.plus(sinceStart));
  }

  @Nested
  class ByThemselves {
    @Test
    void areUsedAtOnceWhereTheyAreTheFirst() {
      rotation.ifDue(ES256);
      assertThat(states()).containsExactly(State.USED);
    }

    @Test
    void arePublishedADayBeforeUseAndKeptADayAfter() {
      rotation.ifDue(ES256);
      at(Duration.ofDays(29).minusMillis(1));
      rotation.ifDue(ES256);
      assertThat(states()).containsExactly(State.USED);

      at(Duration.ofDays(29));
      rotation.ifDue(ES256);
      rotation.ifDue(ES256);
      assertThat(states()).containsExactly(State.USED, State.PUBLISHED);
      assertThat(verifying()).containsExactly(kid(0), kid(1));

      at(Duration.ofDays(30).minusMillis(1));
      assertThat(signing()).isEqualTo(kid(0));
      at(Duration.ofDays(30));
      assertThat(states()).containsExactly(State.RETIRED, State.USED);
      assertThat(signing()).isEqualTo(kid(1));

      at(Duration.ofDays(31).minusMillis(1));
      assertThat(verifying()).containsExactly(kid(0), kid(1));
      at(Duration.ofDays(31));
      assertThat(states()).containsExactly(State.OVER, State.USED);
      assertThat(verifying()).containsExactly(kid(1));
    }

    /// The schedule did not run: the key signs on until its successor was published for a day.
    @Test
    void areNeverUsedUnpublished() {
      rotation.ifDue(ES256);
      at(Duration.ofDays(90));
      assertThat(states()).containsExactly(State.USED);
      rotation.ifDue(ES256);
      assertThat(states()).containsExactly(State.USED, State.PUBLISHED);
      at(Duration.ofDays(91));
      assertThat(states()).containsExactly(State.RETIRED, State.USED);
    }

    @Test
    void areForgottenWhenTheyAreOver() {
      rotation.ifDue(ES256);
      String first = kid(0);
      for (int day = 1; day <= 365; day++) {
        at(Duration.ofDays(day));
        rotation.ifDue(ES256);
        assertThat(verifying()).hasSizeBetween(1, 2);
      }
      assertThat(rotation.read(ES256).entries()).hasSizeLessThanOrEqualTo(3);
      assertThat(rotation.read(ES256).has(first)).isFalse();
    }
  }

  @Nested
  class WhenAsked {
    @Test
    void arePublishedAheadOfTime() {
      rotation.ifDue(ES256);
      rotation.now(ES256);
      rotation.now(ES256);
      assertThat(states()).containsExactly(State.USED, State.PUBLISHED);
      at(Duration.ofHours(24));
      assertThat(states()).containsExactly(State.RETIRED, State.USED);
    }
  }

  @Nested
  class Withdrawn {
    @Test
    void leaveTheirPlaceToANewKeyAtOnce() {
      rotation.ifDue(ES256);
      String lost = kid(0);
      at(Duration.ofDays(3));
      rotation.withdraw(lost);
      assertThat(states()).containsExactly(State.WITHDRAWN, State.USED);
      assertThat(verifying()).containsExactly(kid(1));
      assertThat(signing()).isNotEqualTo(lost);
    }

    @Test
    void leaveASuccessorToItsTime() {
      rotation.ifDue(ES256);
      rotation.now(ES256);
      String lost = kid(0);
      String successor = kid(1);
      at(Duration.ofHours(1));
      rotation.withdraw(lost);
      assertThat(states()).containsExactly(State.WITHDRAWN, State.USED, State.PUBLISHED);
      assertThat(kid(2)).isEqualTo(successor);
      at(Duration.ofHours(24));
      assertThat(states()).containsExactly(State.WITHDRAWN, State.RETIRED, State.USED);
    }

    @Test
    void doNotEndTheKeyThatTheyNeverFollowed() {
      rotation.ifDue(ES256);
      rotation.now(ES256);
      String first = kid(0);
      rotation.withdraw(kid(1));
      assertThat(states()).containsExactly(State.USED, State.WITHDRAWN);
      at(Duration.ofDays(10));
      assertThat(signing()).isEqualTo(first);
    }

    @Test
    void neverComeBack() {
      rotation.ifDue(ES256);
      rotation.now(ES256);
      String retired = kid(0);
      at(Duration.ofHours(25));
      rotation.withdraw(kid(1));
      assertThat(signing()).isNotIn(retired, kid(1));
      for (int hour = 26; hour < 24 * 40; hour++) {
        at(Duration.ofHours(hour));
        rotation.ifDue(ES256);
        assertThat(signing()).isNotEqualTo(retired);
      }
      assertThat(rotation.read(ES256).has(retired)).isFalse();
    }

    @Test
    void areNotKnownWhereTheyNeverWere() {
      rotation.ifDue(ES256);
      assertThat(rotation.withdraw("other")).isEmpty();
      assertThat(states()).containsExactly(State.USED);
    }
  }
}
