package dev.stile.memory;

import dev.stile.signin.SignIn;
import dev.stile.signin.SignIn.Place;
import dev.stile.signin.SignIns;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Sign-ins in memory.
public final class InMemorySignIns implements SignIns {
  private final Map<Place, Kept> all = new HashMap<>();

  private record Kept(SignIn signIn, boolean taken) {}

  @Override
  public synchronized boolean remember(SignIn signIn) {
    Kept before = all.get(signIn.place());
    if (before != null && before.signIn().proof().txn().equals(signIn.proof().txn())) {
      return false;
    }
    all.put(signIn.place(), new Kept(signIn, false));
    return true;
  }

  @Override
  public synchronized Optional<SignIn.Proof> take(Place place, Instant now) {
    Kept kept = all.get(place);
    if (kept == null || kept.taken() || !now.isBefore(kept.signIn().until())) {
      return Optional.empty();
    }
    all.put(place, new Kept(kept.signIn(), true));
    return Optional.of(kept.signIn().proof());
  }
}
