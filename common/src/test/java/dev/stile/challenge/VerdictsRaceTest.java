package dev.stile.challenge;

import static dev.stile.testing.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.factor.FactorKind;
import dev.stile.memory.InMemoryStore;
import dev.stile.testing.Race;
import dev.stile.testing.Scene;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whether the race of the contract would notice a store that is not one step.
@Tag("R04")
class VerdictsRaceTest {
  private static final int CALLERS = 50;

  @Test
  void catchesAStoreThatComparesBeforeItCounts() {
    var unsafe = new ComparesFirst(new InMemoryStore().stores(), Race.THREADS);
    Scene scene = Scene.enrolled(unsafe.stores(), FactorKind.SMS);
    Challenge challenge = scene.open(NOW);
    assertThatThrownBy(() -> VerdictsContract.judgesFive(scene, List.of(challenge), CALLERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected size: 5");
  }

  @Test
  void catchesItOverTwoLiveChallengesToo() {
    var unsafe = new ComparesFirst(new InMemoryStore().stores(), Race.THREADS);
    Scene scene = Scene.enrolled(unsafe.stores(), FactorKind.TOTP);
    List<Challenge> live = List.of(scene.open(NOW), scene.open(NOW));
    assertThatThrownBy(() -> VerdictsContract.judgesFive(scene, live, CALLERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected size: 5");
  }
}
