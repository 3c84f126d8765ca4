package dev.stile.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.memory.InMemoryStore;
import dev.stile.model.Exploration.Difference;
import dev.stile.testing.Stores;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whether the model test would notice, and tell it in few words.
class SeededBugsTest {
  @Tag("R04")
  @Test
  void findsThatAResendForgetsTheGuesses() {
    Difference found = find(SeededBugs::resendForgetsGuesses);
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(4);
    assertThat(found.steps()).hasAtLeastOneElementOfType(Step.Resend.class);
  }

  @Tag("R10")
  @Test
  void findsThatAReplayIsAccepted() {
    Difference found = find(SeededBugs::replayIsAccepted);
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(4);
    assertThat(found.steps().getLast()).isInstanceOf(Step.Verify.class);
  }

  @Test
  void findsThatACanceledChallengeCanBeApproved() {
    Difference found = find(SeededBugs::canceledCanBeApproved);
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(4);
    assertThat(found.steps()).hasAtLeastOneElementOfType(Step.Cancel.class);
  }

  /// The same seed leads to the same steps, so that a report can be followed.
  @Test
  void findsTheSameAgainByItsSeed() {
    Difference found = find(SeededBugs::replayIsAccepted);
    Exploration again = exploration(SeededBugs::replayIsAccepted);
    assertThat(again.explore(found.seed(), 1))
        .hasValueSatisfying(d -> assertThat(d.steps()).isEqualTo(found.steps()));
  }

  private static Difference find(UnaryOperator<Stores> bug) {
    Difference found = exploration(bug).explore(ModelContract.SEED, 1000).orElseThrow();
    System.out.println(found + "\n");
    return found;
  }

  private static Exploration exploration(UnaryOperator<Stores> bug) {
    return new Exploration(() -> bug.apply(new InMemoryStore().stores()));
  }
}
