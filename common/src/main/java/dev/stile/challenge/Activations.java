package dev.stile.challenge;

import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Gate;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The writes by which a pending factor becomes active. A right code activates it, marks the
/// profile and burns the gate in one transaction; a wrong one is counted. Either way there is
/// exactly one write, under the full condition of a verdict.
public interface Activations {
  /// A factor that waits for its first code, read consistently.
  Optional<Pending> find(Subject subject, FactorId id);

  Activation activate(Proof proof, Gate gate);

  Activation reject(Proof proof);

  /// A pending factor and, where a code was sent to prove it, the newest challenge with the keyed
  /// digest of its answer.
  record Pending(Factor factor, @Nullable Challenge challenge, @Nullable String answer) {}

  /// What an activation rests on: the challenge whose code was sent, or the time step that an
  /// authenticator app starts from. The call is kept with the factor, for the audit.
  record Proof(
      Subject subject,
      Pending pending,
      String owner,
      @Nullable TotpProgress progress,
      Instant now,
      @Nullable Call call) {
    public Proof(
        Subject subject,
        Pending pending,
        String owner,
        @Nullable TotpProgress progress,
        Instant now) {
      this(subject, pending, owner, progress, now, null);
    }

    public FactorId factor() {
      return pending.factor().id();
    }

    /// Whether there is anything to activate on: for an app its time step, for a destination the
    /// code that was sent to it. A proof without is a wrong answer, whatever the caller thinks.
    public boolean hasBasis() {
      return switch (pending.factor().credential()) {
        case Totp totp -> progress != null;
        case Destination destination -> pending.challenge() != null && pending.answer() != null;
        case PendingPasskey passkey -> false;
        case Passkey passkey -> false;
      };
    }
  }

  /// What came of it.
  sealed interface Activation {
    record Activated() implements Activation {}

    record Rejected(int attemptsLeft) implements Activation {}

    record Refused(Verification.Reason reason, Instant retryAt) implements Activation {}

    /// A factor was proven meanwhile, so that this one needs a grant.
    record GrantNeeded() implements Activation {}

    record GrantConsumed() implements Activation {}

    /// This credential is a factor already, of this subject or of another.
    record Exists() implements Activation {}

    /// The code that was compared has been replaced meanwhile; read again.
    record Overtaken() implements Activation {}
  }

  /// Why the condition of an activation did not hold, told from the factor as it was found; the
  /// order of the API's answers.
  static Activation explain(Proof proof, @Nullable Factor found, @Nullable Challenge challenge) {
    if (found == null || found.isActive()) {
      return refused(found == null ? Verification.Reason.UNKNOWN : Verification.Reason.COMPLETED);
    }
    if (!found.isPending(proof.now())) {
      return refused(Verification.Reason.EXPIRED);
    }
    if (challenge != null) {
      var attempt = new Attempt(proof.subject(), challenge.id(), proof.owner(), "", proof.now());
      if (Verdicts.explain(attempt, challenge, found)
          instanceof Verification.Refused(var reason, var retryAt)) {
        return new Activation.Refused(reason, retryAt);
      }
    }
    if (found.failures().disabled()) {
      return refused(Verification.Reason.DISABLED);
    }
    if (found.failures().admitsGuess(proof.now())) {
      return new Activation.Overtaken();
    }
    return new Activation.Refused(Verification.Reason.DELAYED, found.failures().delayedUntil());
  }

  private static Activation refused(Verification.Reason reason) {
    return new Activation.Refused(reason, Instant.MAX);
  }
}
