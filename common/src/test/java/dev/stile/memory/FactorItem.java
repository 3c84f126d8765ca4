package dev.stile.memory;

import dev.stile.challenge.Registrations.Registered;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.Factor.Times;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A factor with its challenges: the unit that one write changes.
final class FactorItem extends Shelf {
  private Factor factor;

  FactorItem(Factor factor) {
    this.factor = factor;
  }

  FactorItem copy() {
    var copy = new FactorItem(factor);
    copyTo(copy);
    return copy;
  }

  /// All that a write can change.
  Object snapshot() {
    return List.of(
        factor.label(),
        factor.credential(),
        factor.state(),
        factor.failures(),
        factor.times(),
        challengesNow());
  }

  Factor factor() {
    return factor;
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

  /// A use was told; whether it is the last one known.
  boolean use(Instant at) {
    Times was = factor.times();
    boolean later = factor.isActive() && (was.lastUsed() == null || was.lastUsed().isBefore(at));
    if (later) {
      var times = new Times(was.created(), was.lapses(), at, was.cappedUntil());
      change(factor.credential(), factor.state(), factor.failures(), times);
    }
    return later;
  }

  void activate(@Nullable TotpProgress progress, @Nullable Instant cappedUntil, Instant now) {
    Credential credential =
        progress != null && factor.credential() instanceof Totp totp
            ? new Totp(totp.seed(), totp.parameters(), progress)
            : factor.credential();
    var times = new Times(factor.times().created(), null, now, cappedUntil);
    change(credential, FactorState.ACTIVE, Failures.NONE, times);
  }

  /// The challenge of its registration was taken.
  void take(PendingPasskey pending, String request) {
    var taken =
        new PendingPasskey(
            pending.scope(),
            pending.challenge(),
            pending.userVerification(),
            pending.owner(),
            request);
    change(taken, factor.state(), factor.failures(), factor.times());
  }

  void register(Registered registered, @Nullable Instant cappedUntil, Instant now) {
    rename(registered.label());
    var times = new Times(factor.times().created(), null, now, cappedUntil);
    change(registered.passkey(), FactorState.ACTIVE, factor.failures(), times);
  }

  void become(Factor after) {
    factor = after;
  }

  private void change(Credential credential, FactorState state, Failures failures, Times times) {
    factor = new Factor(factor.id(), factor.label(), credential, state, failures, times);
  }
}
