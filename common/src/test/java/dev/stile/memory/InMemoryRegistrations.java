package dev.stile.memory;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Registrations;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Gate;
import org.jspecify.annotations.Nullable;

/// Registrations over the table in memory.
public final class InMemoryRegistrations implements Registrations {
  private final InMemoryStore table;

  public InMemoryRegistrations(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Taking take(Answer answer) {
    return table.atomically(() -> {
      FactorItem item = table.factor(answer.subject(), answer.factor());
      PendingPasskey pending = pending(item, answer);
      if (item == null
          || pending == null
          || pending.usedBy() != null
          || !pending.owner().equals(answer.owner())) {
        return Registrations.explain(answer, item == null ? null : item.factor());
      }
      item.take(pending, answer.request());
      return Registrations.explain(answer, item.factor());
    });
  }

  private static @Nullable PendingPasskey pending(@Nullable FactorItem item, Answer answer) {
    return item != null
            && item.factor().isPending(answer.now())
            && item.factor().credential() instanceof PendingPasskey pending
        ? pending
        : null;
  }

  @Override
  public Activation activate(Answer answer, Registered registered, Gate gate) {
    return table.atomically(() -> {
      FactorItem item = table.factor(answer.subject(), answer.factor());
      PendingPasskey pending = pending(item, answer);
      if (item == null || pending == null || !answer.request().equals(pending.usedBy())) {
        return Registrations.explain(
            answer, item == null ? null : item.factor(), registered.passkey());
      }
      Activation closed = table.closed(answer.subject(), gate);
      if (closed != null) {
        return closed;
      }
      if (!table.own(registered.passkey(), answer.factor())) {
        return new Activation.Exists();
      }
      if (gate instanceof Gate.Grant grant) {
        table.burn(grant);
      }
      table.profile(answer.subject()).everEnrolled = true;
      item.register(registered, InMemoryStore.cappedUntil(gate, answer.now()), answer.now());
      return new Activation.Activated();
    });
  }
}
