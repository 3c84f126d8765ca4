package dev.stile.interleaving;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays every interleaving of some actors. Moments that are alike are played on from once.
final class Exploration {
  private final List<Actor> actors;
  private final Map<World.Key, BigInteger> known = new HashMap<>();
  private final List<String> path = new ArrayList<>();
  private Optional<Violation> violation = Optional.empty();
  private BigInteger interleavings = BigInteger.ZERO;

  private Exploration(List<Actor> actors) {
    this.actors = actors;
  }

  static Exploration of(World begin, List<Actor> actors) {
    var exploration = new Exploration(actors);
    exploration.interleavings = exploration.from(begin.before(actors.size()));
    return exploration;
  }

  /// How many interleavings there are from here on.
  private BigInteger from(World world) {
    World.Key key = world.key();
    BigInteger before = known.get(key);
    if (before != null) {
      return before;
    }
    BigInteger count = BigInteger.ZERO;
    for (int i = 0; i < actors.size() && violation.isEmpty(); i++) {
      if (world.hasSteps(i, actors.get(i))) {
        count = count.add(through(world, i));
      }
    }
    BigInteger found = count.signum() == 0 ? BigInteger.ONE : count;
    known.put(key, found);
    return found;
  }

  private BigInteger through(World world, int actor) {
    path.add(actors.get(actor).name());
    World next = world.after(actor, actors.get(actor));
    String broken = next.ledger().violation();
    BigInteger count = BigInteger.ZERO;
    if (broken == null) {
      count = from(next);
    } else {
      violation = Optional.of(new Violation(broken, List.copyOf(path)));
    }
    path.removeLast();
    return count;
  }

  int states() {
    return known.size();
  }

  BigInteger interleavings() {
    return interleavings;
  }

  /// The first one that was met.
  Optional<Violation> violation() {
    return violation;
  }

  /// What broke, and whose steps led to it.
  record Violation(String what, List<String> steps) {}
}
