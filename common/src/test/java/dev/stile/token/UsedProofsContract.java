package dev.stile.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.Race;
import dev.stile.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of proofs does, whatever it is made of.
@Tag("R23")
public abstract class UsedProofsContract {
  private static final int ENTRANTS = 50;

  protected abstract UsedProofs proofs();

  private static Possession possession() {
    return new Possession("key", Samples.IDS.text(), Samples.NOW);
  }

  @Test
  void takesAProofOnce() {
    Possession shown = possession();
    assertThat(proofs().use(shown)).isTrue();
    assertThat(proofs().use(shown)).isFalse();
    assertThat(proofs().use(possession())).isTrue();
  }

  @Test
  void takesAProofOnceOfManyAtATime() {
    Possession shown = possession();
    List<Boolean> taken = Race.of(ENTRANTS, i -> proofs().use(shown));
    assertThat(taken).containsOnlyOnce(true);
  }
}
