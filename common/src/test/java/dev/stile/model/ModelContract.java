package dev.stile.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random sequences of calls leave the stores as they leave the reference model. The sequences are
/// the same in every build; `-Dstile.seed` begins elsewhere and `-Dstile.sequences` takes longer.
public abstract class ModelContract {
  static final long SEED = 20_261_122;

  /// The stores under test, for one sequence: it has a subject of its own on them.
  protected abstract Stores stores();

  /// How many sequences a build plays.
  protected abstract int sequences();

  /// A grant's level too: the model tells it from the factors that were answered right, so that no
  /// sequence of calls raises it otherwise.
  @Tag("R03")
  @Tag("R04")
  @Tag("A09")
  @Test
  void answersAndLooksAsTheModelDoes() {
    long seed = Long.getLong("stile.seed", SEED);
    int sequences = Integer.getInteger("stile.sequences", sequences());
    assertThat(new Exploration(() -> Tested.of(stores())).explore(seed, sequences)).isEmpty();
  }
}
