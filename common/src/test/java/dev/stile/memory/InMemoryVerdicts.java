package dev.stile.memory;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Retry;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.memory.InMemoryStore.Found;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Verdicts over the table in memory.
public final class InMemoryVerdicts implements Verdicts {
  private final InMemoryStore table;

  public InMemoryVerdicts(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public Verification judge(Attempt attempt, String answerDigest) {
    return decide(
        attempt,
        found ->
            answerDigest.equals(found.entry().answer())
                ? approve(attempt, found)
                : count(attempt, found));
  }

  @Override
  public Verification accept(Attempt attempt, TotpUse use) {
    return decide(
        attempt,
        found -> {
          if (found.item().factor().isDecoy()) {
            return new Overtaken(found.item().factor());
          }
          if (!(found.item().factor().credential() instanceof Totp totp)) {
            throw new IllegalStateException("only an authenticator app has steps");
          }
          if (!TotpCheck.isFresh(totp.progress(), use.step(), use.digest())) {
            return new Overtaken(found.item().factor());
          }
          found.item().use(totp, use, attempt.owner());
          return approve(attempt, found);
        });
  }

  @Override
  public Verification reject(Attempt attempt) {
    return decide(attempt, found -> count(attempt, found));
  }

  private Verification decide(Attempt attempt, Function<Found, Verification> verdict) {
    return table.atomically(() ->
        table
            .find(attempt.subject(), attempt.challenge())
            .map(found ->
                admits(attempt, found)
                    ? verdict.apply(found)
                    : Verdicts.explain(attempt, found.challenge(), found.item().factor()))
            .orElse(Verification.refused(Reason.UNKNOWN)));
  }

  private static boolean admits(Attempt attempt, Found found) {
    Challenge challenge = found.challenge();
    return found.entry().isPending(attempt.now())
        && challenge.owner().equals(attempt.owner())
        && !attempt.request().equals(challenge.progress().lastRequest())
        && !isKept(attempt.retry(), challenge.progress().retry())
        && found.item().factor().failures().admitsGuess(attempt.now());
  }

  private static boolean isKept(@Nullable Retry asked, @Nullable Retry kept) {
    return asked != null && kept != null && asked.key().equals(kept.key());
  }

  private static Verification approve(Attempt attempt, Found found) {
    var entry = found.entry().approved(attempt.request(), attempt.retry(), attempt.now());
    found.item().put(entry);
    found.item().prove(attempt.now());
    return new Verified(entry.challenge(), found.item().factor());
  }

  private static Verification count(Attempt attempt, Found found) {
    var entry = found.entry().guessed(attempt.request(), attempt.retry(), attempt.now());
    found.item().put(entry);
    found.item().fail(attempt.now());
    return new Rejected(entry.challenge().attemptsLeft(), Cause.INCORRECT);
  }
}
