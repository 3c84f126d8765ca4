package dev.stile.challenge;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The writes by which a pending passkey becomes active. The challenge of its registration is used
/// up before the response is verified, so that a bad response uses it up too.
public interface Registrations {
  /// Takes the challenge of a pending registration for this one call.
  Taking take(Answer answer);

  /// Keeps the credential, unless anyone has it already, marks the profile and burns the gate, in
  /// one transaction.
  Activation activate(Answer answer, Registered registered, Gate gate);

  /// One answer to a registration, without the answer itself. `request` names the call and is
  /// minted by the server.
  record Answer(Subject subject, FactorId factor, String owner, String request, Instant now) {}

  /// A verified credential and what its factor is to be called.
  record Registered(Passkey passkey, String label) {}

  /// What came of taking.
  sealed interface Taking {
    record Taken(Factor factor, PendingPasskey passkey) implements Taking {}

    record Refused(Reason reason) implements Taking {}
  }

  /// Why a challenge could not be taken, told from what was found. A repeated write finds that it
  /// was its own.
  static Taking explain(Answer answer, @Nullable Factor found) {
    if (found == null) {
      return new Taking.Refused(Reason.UNKNOWN);
    }
    if (!(found.credential() instanceof PendingPasskey passkey)) {
      return new Taking.Refused(found.isActive() ? Reason.COMPLETED : Reason.UNKNOWN);
    }
    if (!passkey.owner().equals(answer.owner())) {
      return new Taking.Refused(Reason.UNKNOWN);
    }
    if (answer.request().equals(passkey.usedBy())) {
      return new Taking.Taken(found, passkey);
    }
    if (passkey.usedBy() != null) {
      return new Taking.Refused(Reason.COMPLETED);
    }
    return new Taking.Refused(Reason.EXPIRED);
  }

  /// Why an activation was not written, where its factor was not as this call had left it.
  static Activation explain(Answer answer, @Nullable Factor found, Passkey registered) {
    if (found == null) {
      return new Activation.Refused(Reason.UNKNOWN, Instant.MAX);
    }
    boolean own =
        found.credential() instanceof Passkey passkey
            && passkey.record().id().equals(registered.record().id());
    if (own) {
      return new Activation.Activated();
    }
    return new Activation.Refused(
        found.isPending(answer.now()) ? Reason.COMPLETED : Reason.EXPIRED, Instant.MAX);
  }
}
