package dev.stile.lambda.relay;

import dev.stile.outbox.Change;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.outbox.Change.OfPasskeyChallenges;
import dev.stile.outbox.Change.OfRecoveryCodes;
import java.util.ArrayList;
import java.util.List;

/// Reads out of one change what has happened, in the order in which it did.
final class Transitions {
  private Transitions() {}

  static List<Transition> of(Change change) {
    return switch (change) {
      case OfFactor factor -> of(factor);
      case OfPasskeyChallenges passkeys ->
          ChallengeTransitions.of(passkeys, passkeys.before(), passkeys.after());
      case OfRecoveryCodes codes -> RecoveryTransitions.of(codes);
    };
  }

  private static List<Transition> of(OfFactor change) {
    List<Transition> found = new ArrayList<>(ChallengeTransitions.of(change));
    boolean counted = found.stream().anyMatch(t -> t.type() == Transition.Type.GUESS_REJECTED);
    FactorTransitions.of(change).stream()
        .filter(t -> !counted || t.type() != Transition.Type.GUESS_REJECTED)
        .forEach(found::add);
    return found;
  }
}
