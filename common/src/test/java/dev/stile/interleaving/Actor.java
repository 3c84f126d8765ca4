package dev.stile.interleaving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One caller: the steps of its call, each of which is one operation on the table and therefore
/// atomic. Anything may happen between two of them.
record Actor(String name, List<Step> steps) {
  Actor {
    steps = List.copyOf(steps);
  }

  static Actor of(String name, Step... steps) {
    return new Actor(name, List.of(steps));
  }

  /// Takes what its caller remembers, and gives what the caller remembers from now on; a caller
  /// with nothing to remember has its answer and is done.
  @FunctionalInterface
  interface Step {
    @Nullable Object take(World world, @Nullable Object held);
  }

  @Override
  public String toString() {
    return name;
  }
}
