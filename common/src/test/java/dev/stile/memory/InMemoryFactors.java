package dev.stile.memory;

import dev.stile.factor.Account;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.memory.InMemoryStore.Profile;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Factors over the table in memory.
public final class InMemoryFactors implements Factors {
  private final InMemoryStore table;

  public InMemoryFactors(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Account account(Subject subject) {
    return table.atomically(() -> {
      Profile profile = table.profile(subject);
      return new Account(
          profile.everEnrolled,
          profile.preferred,
          profile.epoch,
          factors(profile).filter(factor -> !factor.isDecoy()).toList(),
          factors(profile).filter(Factor::isDecoy).findFirst().orElse(null));
    });
  }

  private static Stream<Factor> factors(Profile profile) {
    return profile.items.values().stream().map(FactorItem::factor);
  }

  @Override
  public Optional<Factor> find(Subject subject, FactorId id) {
    return table.atomically(
        () -> Optional.ofNullable(table.factor(subject, id)).map(FactorItem::factor));
  }

  @Override
  public Change add(Subject subject, Factor pending, Gate gate) {
    return table.atomically(() -> {
      Profile profile = table.profile(subject);
      boolean open =
          switch (gate) {
            case Gate.FirstFactor() -> !profile.everEnrolled;
            case Gate.Grant granted -> !table.isBurnt(granted);
          };
      if (!open) {
        return gate instanceof Gate.FirstFactor ? Change.GRANT_NEEDED : Change.GRANT_CONSUMED;
      }
      profile.items.put(pending.id(), new FactorItem(pending));
      return Change.DONE;
    });
  }

  @Override
  public boolean rename(Subject subject, FactorId id, String label) {
    return table.atomically(() -> {
      FactorItem item = table.factor(subject, id);
      if (item != null) {
        item.rename(label);
      }
      return item != null;
    });
  }

  @Override
  public boolean prefer(Subject subject, FactorId id) {
    return table.atomically(() -> {
      FactorItem item = table.factor(subject, id);
      boolean active = item != null && item.factor().state() == FactorState.ACTIVE;
      if (active) {
        table.profile(subject).preferred = id;
      }
      return active;
    });
  }

  @Override
  public Change remove(Subject subject, FactorId id, Gate.Granted gate, Instant now) {
    return table.atomically(() -> {
      Profile profile = table.profile(subject);
      FactorItem item = profile.items.get(id);
      if (table.isBurnt(gate)) {
        return Change.GRANT_CONSUMED;
      }
      if (item == null || item.factor().state() != FactorState.ACTIVE) {
        return Change.GONE;
      }
      if (profile.activeCount() < 2) {
        return Change.LAST_FACTOR;
      }
      table.burn(gate);
      profile.items.remove(id);
      if (item.factor().credential() instanceof Passkey passkey) {
        table.disown(passkey);
      }
      if (id.equals(profile.preferred)) {
        profile.preferred = null;
      }
      return Change.DONE;
    });
  }

  @Override
  public boolean noteUse(Subject subject, FactorId id, Instant at) {
    return table.atomically(() -> {
      FactorItem item = table.factor(subject, id);
      return item != null && item.use(at);
    });
  }

  @Override
  public boolean abandon(Subject subject, FactorId id) {
    return table.atomically(() -> {
      FactorItem item = table.factor(subject, id);
      boolean pending = item != null && item.factor().state() == FactorState.PENDING;
      if (pending) {
        table.profile(subject).items.remove(id);
      }
      return pending;
    });
  }
}
