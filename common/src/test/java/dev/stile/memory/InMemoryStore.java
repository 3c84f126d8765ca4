package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import dev.stile.testing.Stores;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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

  /// Another table with the same items, for whoever wants to know what would come of something.
  public synchronized InMemoryStore copy() {
    var copy = new InMemoryStore();
    profiles.forEach((subject, profile) -> copy.profiles.put(subject, profile.copy()));
    copy.burnt.addAll(burnt);
    return copy;
  }

  /// All that is in the table, to be compared with another moment.
  public synchronized Object snapshot() {
    Map<Subject, Object> all = new HashMap<>();
    profiles.forEach((subject, profile) -> all.put(subject, profile.snapshot()));
    return List.of(all, Set.copyOf(burnt));
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

  boolean isBurnt(Gate.Granted gate) {
    return burnt.contains(gate.jti());
  }

  void burn(Gate.Granted gate) {
    burnt.add(gate.jti());
  }

  /// What is kept of a subject beside the factors themselves.
  static final class Profile {
    final Map<FactorId, FactorItem> items = new LinkedHashMap<>();
    boolean everEnrolled;
    @Nullable FactorId preferred;

    private Profile copy() {
      var copy = new Profile();
      items.forEach((id, item) -> copy.items.put(id, item.copy()));
      copy.everEnrolled = everEnrolled;
      copy.preferred = preferred;
      return copy;
    }

    private Object snapshot() {
      Map<FactorId, Object> all = new HashMap<>();
      items.forEach((id, item) -> all.put(id, item.snapshot()));
      return List.of(all, everEnrolled, Optional.ofNullable(preferred));
    }

    long activeCount() {
      return items.values().stream().filter(i -> i.factor().isActive()).count();
    }
  }

  /// A challenge with the item that it is part of.
  record Found(FactorItem item, Entry entry) {
    Challenge challenge() {
      return entry.challenge();
    }
  }
}
