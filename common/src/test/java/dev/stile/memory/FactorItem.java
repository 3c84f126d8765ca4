package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.Factor.Times;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A factor with its challenges: the unit that one write changes.
final class FactorItem {
  private final Map<ChallengeId, Entry> entries = new LinkedHashMap<>();
  private Factor factor;

  FactorItem(Factor factor) {
    this.factor = factor;
  }

  Factor factor() {
    return factor;
  }

  @Nullable Entry entry(ChallengeId id) {
    return entries.get(id);
  }

  List<Challenge> challenges() {
    return entries.values().stream().map(Entry::challenge).toList();
  }

  void put(Entry entry) {
    entries.put(entry.id(), entry);
  }

  void drop(Set<ChallengeId> ids) {
    entries.keySet().removeAll(ids);
  }

  void rename(String label) {
    factor =
        new Factor(
            factor.id(),
            label,
            factor.credential(),
            factor.state(),
            factor.failures(),
            factor.times());
  }

  void fail(Instant now) {
    change(factor.credential(), factor.state(), factor.failures().plusOne(now), factor.times());
  }

  /// An answer was right.
  void prove(Instant now) {
    Times was = factor.times();
    change(
        factor.credential(),
        factor.state(),
        Failures.NONE,
        new Times(was.created(), was.lapses(), now, was.cappedUntil()));
  }

  /// A step of an authenticator app was used.
  void use(Totp totp, TotpUse use, String principal) {
    var progress = new TotpProgress(use.step(), use.digest(), principal, totp.progress().drift());
    change(
        new Totp(totp.seed(), totp.parameters(), progress),
        factor.state(),
        factor.failures(),
        factor.times());
  }

  void activate(@Nullable TotpProgress progress, @Nullable Instant cappedUntil, Instant now) {
    Credential credential =
        progress != null && factor.credential() instanceof Totp totp
            ? new Totp(totp.seed(), totp.parameters(), progress)
            : factor.credential();
    var times = new Times(factor.times().created(), null, now, cappedUntil);
    change(credential, FactorState.ACTIVE, Failures.NONE, times);
  }

  private void change(Credential credential, FactorState state, Failures failures, Times times) {
    factor = new Factor(factor.id(), factor.label(), credential, state, failures, times);
  }
}
