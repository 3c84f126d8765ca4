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
    assertThat(found.steps().getLast()).isInstanceOfAny(Step.Verify.class, Step.Link.class);
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

  @Tag("A09")
  @Test
  void findsThatAFactorCountsTwice() {
    Difference found = find(choosing(SeededBugs::countsAFactorTwice));
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(4);
    assertThat(found.steps()).hasAtLeastOneElementOfType(Step.Link.class);
  }

  @Tag("A09")
  @Test
  void findsThatAChainGoesOnTwice() {
    Difference found = find(SeededBugs::ticketIsNotUsedUp);
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(6);
    assertThat(found.trace()).anyMatch(line -> line.contains("spent"));
  }

  @Tag("A09")
  @Test
  void findsThatTheLevelAskedForIsForgotten() {
    Difference found = find(choosing(SeededBugs::forgetsTheFloor));
    assertThat(found.steps()).hasSizeLessThanOrEqualTo(5);
  }

  private static Difference find(UnaryOperator<Stores> bug) {
    return find(exploration(bug));
  }

  private static Difference find(Exploration exploration) {
    Difference found = exploration.explore(ModelContract.SEED, 1000).orElseThrow();
    System.out.println(found + "\n");
    return found;
  }

  private static Exploration exploration(UnaryOperator<Stores> bug) {
    return new Exploration(() -> Tested.of(bug.apply(new InMemoryStore().stores())));
  }

  private static Exploration choosing(Asking.Choosing bug) {
    return new Exploration(() -> new Tested(new InMemoryStore().stores(), bug));
  }
}
