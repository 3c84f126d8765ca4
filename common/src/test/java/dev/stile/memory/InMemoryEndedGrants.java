package dev.stile.memory;

import dev.stile.subject.Subject;
import dev.stile.token.EndedGrants;
import dev.stile.token.Grant;

/// The ends of grants over the table in memory.
public final class InMemoryEndedGrants implements EndedGrants {
  private final InMemoryStore table;

  public InMemoryEndedGrants(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Consumption consume(Subject subject, Grant grant) {
    return table.atomically(() -> {
      if (table.isBurnt(grant)) {
        return table.isRevoked(grant) ? Consumption.REVOKED : Consumption.USED;
      }
      if (!isOfThisEpoch(subject, grant)) {
        return Consumption.REVOKED;
      }
      table.burn(grant);
      return Consumption.CONSUMED;
    });
  }

  @Override
  public void revoke(Grant grant) {
    table.atomically(() -> {
      table.revoke(grant);
      return null;
    });
  }

  @Override
  public boolean stands(Subject subject, Grant grant) {
    return table.atomically(() -> !table.isBurnt(grant) && isOfThisEpoch(subject, grant));
  }

  @Override
  public void revokeAll(Subject subject) {
    table.atomically(() -> {
      InMemoryStore.Profile profile = table.profile(subject);
      profile.epoch++;
      profile.passkeys.begin(profile.epoch);
      profile.items.values().forEach(item -> item.begin(profile.epoch));
      return null;
    });
  }

  private boolean isOfThisEpoch(Subject subject, Grant grant) {
    return table.profile(subject).epoch == grant.assurance().epoch();
  }
}
