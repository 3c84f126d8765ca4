package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import dev.stile.testing.Stores;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The table in memory. One lock makes one atomic step of every operation on it.
public final class InMemoryStore {
  private final Map<Subject, Profile> profiles = new HashMap<>();
  private final Set<String> burnt = new HashSet<>();

  /// All of the ports over this table.
  public Stores stores() {
    return new Stores(
        new InMemoryFactors(this),
        new InMemoryChallenges(this),
        new InMemoryVerdicts(this),
        new InMemoryActivations(this));
  }

  synchronized <T extends @Nullable Object> T atomically(Supplier<T> step) {
    return step.get();
  }

  Profile profile(Subject subject) {
    return profiles.computeIfAbsent(subject, s -> new Profile());
  }

  @Nullable FactorItem factor(Subject subject, FactorId id) {
    return profile(subject).items.get(id);
  }

  Optional<Found> find(Subject subject, ChallengeId id) {
    FactorItem item = factor(subject, id.factor());
    Entry entry = item == null ? null : item.entry(id);
    return item == null || entry == null ? Optional.empty() : Optional.of(new Found(item, entry));
  }

  boolean isBurnt(Gate.Grant gate) {
    return burnt.contains(gate.jti());
  }

  void burn(Gate.Grant gate) {
    burnt.add(gate.jti());
  }

  /// What is kept of a subject beside the factors themselves.
  static final class Profile {
    final Map<FactorId, FactorItem> items = new LinkedHashMap<>();
    boolean everEnrolled;
    @Nullable FactorId preferred;
    InMemoryRecoveryCodes.@Nullable CodeSet recoveryCodes;

    long activeCount() {
      return items.values().stream().filter(i -> i.factor().state() == FactorState.ACTIVE).count();
    }
  }

  /// A challenge with the item that it is part of.
  record Found(FactorItem item, Entry entry) {
    Challenge challenge() {
      return entry.challenge();
    }
  }
}
