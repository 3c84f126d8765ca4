package dev.stile.memory;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.Slots;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.totp.TotpCheck;
import java.util.function.Function;

/// Verdicts that bring their challenge, over the table in memory.
public final class InMemoryDirectVerdicts implements DirectVerdicts {
  private final InMemoryStore table;

  public InMemoryDirectVerdicts(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Verification accept(Attempt attempt, Challenge asked, TotpUse use) {
    return decide(
        attempt,
        item -> {
          if (item.factor().isDecoy()) {
            return new Overtaken(item.factor());
          }
          if (!(item.factor().credential() instanceof Totp totp)) {
            throw new IllegalStateException("only an authenticator app has steps");
          }
          if (!TotpCheck.isFresh(totp.progress(), use.step(), use.digest())) {
            return new Overtaken(item.factor());
          }
          Challenge approved = asked.with(Progress.approvedBy(attempt));
          keep(attempt, item, approved);
          item.use(totp, use, attempt.owner());
          item.prove(attempt.now());
          return new Verified(approved, item.factor());
        });
  }

  @Override
  public Verification reject(Attempt attempt, Challenge asked) {
    return decide(
        attempt,
        item -> {
          keep(attempt, item, asked.with(Progress.failedBy(attempt)));
          item.fail(attempt.now());
          return new Rejected(0, Cause.INCORRECT);
        });
  }

  @Override
  public Verification rejectDecoy(Attempt attempt, Challenge asked, Factor decoy) {
    return table.atomically(() -> {
      table.profile(attempt.subject()).items.putIfAbsent(decoy.id(), new FactorItem(decoy));
      return reject(attempt, asked);
    });
  }

  private static void keep(Attempt attempt, FactorItem item, Challenge ended) {
    item.drop(Slots.dropped(item.challenges(), attempt.now()));
    item.put(new Entry(ended, null, null));
  }

  private Verification decide(Attempt attempt, Function<FactorItem, Verification> verdict) {
    return table.atomically(() -> {
      FactorItem item = table.factor(attempt.subject(), attempt.challenge().factor());
      if (item == null) {
        return Verification.refused(Reason.UNKNOWN);
      }
      Entry own = item.entry(attempt.challenge());
      boolean admitted =
          own == null
              && item.factor().isActive()
              && item.factor().failures().admitsGuess(attempt.now());
      return admitted
          ? verdict.apply(item)
          : DirectVerdicts.explain(attempt, own == null ? null : own.challenge(), item.factor());
    });
  }
}
