package dev.stile.lambda.relay;

import dev.stile.lambda.relay.Transition.Type;
import dev.stile.outbox.Change;
import java.util.ArrayList;
import java.util.List;

/// Reads out of one change what has happened, in the order in which it did.
final class Transitions {
  private Transitions() {}

  static List<Transition> of(Change change) {
    List<Transition> found = new ArrayList<>(ChallengeTransitions.of(change));
    boolean counted = found.stream().anyMatch(t -> t.type() == Type.GUESS_REJECTED);
    FactorTransitions.of(change).stream()
        .filter(t -> !counted || t.type() != Type.GUESS_REJECTED)
        .forEach(found::add);
    return found;
  }
}
