package dev.stile.memory;

import dev.stile.challenge.Assertions;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verdicts over assertions, over the table in memory.
public final class InMemoryAssertions implements Assertions {
  private final InMemoryStore table;

  public InMemoryAssertions(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Consumption consume(Attempt attempt) {
    return table.atomically(() -> {
      Optional<Entry> found = table.entry(attempt.subject(), attempt.challenge());
      if (found.isEmpty()) {
        return new Consumption.Refused(Reason.UNKNOWN);
      }
      Challenge challenge = found.get().challenge();
      if (!isAnswerable(attempt, found.get()) || challenge.progress().lastRequest() != null) {
        return Assertions.explain(attempt, challenge);
      }
      Entry consumed = found.get().consumed(attempt.request());
      put(attempt, consumed);
      return new Consumption.Consumed(consumed.challenge());
    });
  }

  @Override
  public Verification approve(Attempt attempt, Challenge consumed, Factor judged, PasskeyUse use) {
    if (!(judged.credential() instanceof Passkey passkey)) {
      throw new IllegalArgumentException("only a passkey answers by an assertion");
    }
    return table.atomically(() -> {
      Optional<Entry> found = table.entry(attempt.subject(), attempt.challenge());
      if (found.isEmpty()) {
        return Verification.refused(Reason.UNKNOWN);
      }
      Factor moved = judged.usedAt(attempt.now(), passkey.after(use));
      if (!isConsumedBy(attempt, found.get())) {
        return Assertions.explain(attempt, found.get().challenge(), moved);
      }
      FactorItem item = table.factor(attempt.subject(), judged.id());
      if (item == null) {
        return Verification.refused(Reason.UNKNOWN);
      }
      if (!isAsJudged(item.factor(), passkey)) {
        return new Verification.Overtaken(item.factor());
      }
      item.become(item.factor().usedAt(attempt.now(), passkey.after(use)));
      Entry approved = found.get().ended(Progress.approvedBy(attempt));
      put(attempt, approved);
      return new Verification.Verified(approved.challenge(), item.factor());
    });
  }

  private static boolean isAsJudged(Factor now, Passkey judged) {
    return now.credential() instanceof Passkey is
        && is.record().signCount() == judged.record().signCount();
  }

  @Override
  public void fail(Attempt attempt, @Nullable FactorId regressed) {
    table.atomically(() -> {
      table
          .entry(attempt.subject(), attempt.challenge())
          .filter(entry -> isConsumedBy(attempt, entry))
          .ifPresent(entry -> put(attempt, entry.ended(Progress.failedBy(attempt))));
      FactorItem item = regressed == null ? null : table.factor(attempt.subject(), regressed);
      if (item != null && item.factor().credential() instanceof Passkey passkey) {
        item.become(item.factor().with(passkey.regressedAt(attempt.now())));
      }
      return true;
    });
  }

  private static boolean isAnswerable(Attempt attempt, Entry entry) {
    return entry.isPending(attempt.now()) && entry.challenge().owner().equals(attempt.owner());
  }

  private static boolean isConsumedBy(Attempt attempt, Entry entry) {
    return isAnswerable(attempt, entry)
        && attempt.request().equals(entry.challenge().progress().lastRequest());
  }

  private void put(Attempt attempt, Entry entry) {
    Shelf shelf = table.shelf(attempt.subject(), attempt.challenge());
    if (shelf != null) {
      shelf.put(entry);
    }
  }
}
