package dev.stile.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Plays sequences of consecutive seeds until the stores and the model differ.
final class Exploration {
  private final Supplier<Tested> tested;

  Exploration(Supplier<Tested> tested) {
    this.tested = tested;
  }

  /// The first difference, shrunk; empty if there is none in so many sequences.
  Optional<Difference> explore(long seed, int sequences) {
    for (long at = seed; at < seed + sequences; at++) {
      List<Step> steps = Sequences.of(at);
      if (differs(steps)) {
        List<Step> shortest = Shrinking.shortest(steps, this::differs);
        return Optional.of(new Difference(at, shortest, Run.trace(tested.get(), shortest)));
      }
    }
    return Optional.empty();
  }

  private boolean differs(List<Step> steps) {
    return Run.differs(tested.get(), steps, (at, event) -> {});
  }

  /// Where the stores differ from the model, by the fewest steps that show it.
  record Difference(long seed, List<Step> steps, List<String> trace) {
    @Override
    public String toString() {
      return "The stores differ from the model; -Dstile.seed=%d finds it again:\n%s"
          .formatted(seed, String.join("\n", trace));
    }
  }
}
