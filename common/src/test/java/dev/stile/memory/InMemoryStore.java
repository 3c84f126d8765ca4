package dev.stile.memory;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import dev.stile.testing.Stores;
import dev.stile.token.Grant;
import java.time.Instant;
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
  private final Set<String> revoked = new HashSet<>();
  private final Map<String, FactorId> owners = new HashMap<>();

  /// All of the ports over this table.
  public Stores stores() {
    return new Stores(
        new InMemoryFactors(this),
        new InMemoryChallenges(this),
        new InMemoryVerdicts(this),
        new InMemoryActivations(this),
        new InMemoryAssertions(this),
        new InMemoryRegistrations(this));
  }

  synchronized <T extends @Nullable Object> T atomically(Supplier<T> step) {
    return step.get();
  }

  /// Another table with the same items but recovery codes, for whoever wants to know what would
  /// come of something.
  public synchronized InMemoryStore copy() {
    var copy = new InMemoryStore();
    profiles.forEach((subject, profile) -> copy.profiles.put(subject, profile.copy()));
    copy.burnt.addAll(burnt);
    copy.owners.putAll(owners);
    return copy;
  }

  /// All of that, to be compared with another moment.
  public synchronized Object snapshot() {
    Map<Subject, Object> all = new HashMap<>();
    profiles.forEach((subject, profile) -> all.put(subject, profile.snapshot()));
    return List.of(all, Set.copyOf(burnt), Map.copyOf(owners));
  }

  Profile profile(Subject subject) {
    return profiles.computeIfAbsent(subject, s -> new Profile());
  }

  @Nullable FactorItem factor(Subject subject, FactorId id) {
    return profile(subject).items.get(id);
  }

  /// Where a challenge is kept: with its factor, or with those of all the subject's passkeys.
  @Nullable Shelf shelf(Subject subject, ChallengeId id) {
    return id.kind() == FactorKind.WEBAUTHN
        ? profile(subject).passkeys
        : factor(subject, id.factor());
  }

  Optional<Entry> entry(Subject subject, ChallengeId id) {
    Shelf shelf = shelf(subject, id);
    return shelf == null ? Optional.empty() : Optional.ofNullable(shelf.entry(id));
  }

  /// Who has a credential. False where somebody else has it already.
  boolean own(Passkey passkey, FactorId factor) {
    FactorId owner = owners.putIfAbsent(key(passkey), factor);
    return owner == null || owner.equals(factor);
  }

  void disown(Passkey passkey) {
    owners.remove(key(passkey));
  }

  private static String key(Passkey passkey) {
    return passkey.scope().relyingParty() + "#" + passkey.index();
  }

  Optional<Found> find(Subject subject, ChallengeId id) {
    FactorItem item = factor(subject, id.factor());
    Entry entry = item == null ? null : item.entry(id);
    return item == null || entry == null ? Optional.empty() : Optional.of(new Found(item, entry));
  }

  /// What an activation is refused with by its gate, if it is.
  @Nullable Activation closed(Subject subject, Gate gate) {
    boolean enrolled = profile(subject).everEnrolled;
    return switch (gate) {
      case Gate.FirstFactor() -> enrolled ? new Activation.GrantNeeded() : null;
      case Gate.Grant granted -> {
        if (!enrolled) {
          yield new Activation.GrantNeeded();
        }
        yield isBurnt(granted) ? new Activation.GrantConsumed() : null;
      }
    };
  }

  /// Until when a factor is capped that is bound through this gate.
  static @Nullable Instant cappedUntil(Gate gate, Instant now) {
    return gate instanceof Gate.Recovered ? now.plus(Gate.Recovered.CAP) : null;
  }

  boolean isBurnt(Gate.Grant gate) {
    return burnt.contains(gate.jti());
  }

  void burn(Gate.Grant gate) {
    burnt.add(gate.jti());
  }

  boolean isBurnt(String jti) {
    return burnt.contains(jti);
  }

  void burn(String jti) {
    burnt.add(jti);
  }

  boolean isBurnt(Grant grant) {
    return burnt.contains(grant.id());
  }

  void burn(Grant grant) {
    burnt.add(grant.id());
  }

  boolean isRevoked(Grant grant) {
    return revoked.contains(grant.id());
  }

  void revoke(Grant grant) {
    if (burnt.add(grant.id())) {
      revoked.add(grant.id());
    }
  }

  /// What is kept of a subject beside the factors themselves.
  static final class Profile {
    final Map<FactorId, FactorItem> items = new LinkedHashMap<>();
    final Shelf passkeys = new Shelf();
    boolean everEnrolled;
    long epoch;
    @Nullable FactorId preferred;
    InMemoryRecoveryCodes.@Nullable CodeSet recoveryCodes;

    private Profile copy() {
      var copy = new Profile();
      items.forEach((id, item) -> copy.items.put(id, item.copy()));
      passkeys.copyTo(copy.passkeys);
      copy.everEnrolled = everEnrolled;
      copy.preferred = preferred;
      return copy;
    }

    private Object snapshot() {
      Map<FactorId, Object> all = new HashMap<>();
      items.forEach((id, item) -> all.put(id, item.snapshot()));
      return List.of(all, passkeys.challengesNow(), everEnrolled, Optional.ofNullable(preferred));
    }

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
