package dev.stile.lambda.enroll;

import dev.stile.assurance.Client.Passkeys;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Purpose;
import dev.stile.factor.Credential.PasskeyScope;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Gate;
import dev.stile.key.Bytes;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Keys;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;

/// Begins the registration of a passkey: makes the challenge, which stays here, and leaves the
/// verification to others.
final class EnrollPasskey {
  private final Policies policies;
  private final KeyedDigest digest;
  private final RandomIds ids;
  private final PendingFactors pending;

  @Inject
  EnrollPasskey(Policies policies, KeyedDigest digest, RandomIds ids, PendingFactors pending) {
    this.policies = policies;
    this.digest = digest;
    this.ids = ids;
    this.pending = pending;
  }

  /// What the caller's client says of passkeys.
  Passkeys settings(Caller caller) {
    return policies
        .current()
        .client(caller.principal().client())
        .flatMap(client -> client.forPasskeys())
        .orElseThrow(() ->
            Problem.of(ProblemCode.POLICY_DENIED, "This client has no passkeys.").asException());
  }

  Enrolled enroll(Caller caller, String label, Passkeys settings, Gate gate) {
    Subject subject = caller.subject();
    var scope = new PasskeyScope(settings.party().id(), handle(subject));
    var passkey =
        new PendingPasskey(
            scope,
            ids.nonce(),
            policies.current().needsUserVerification(),
            Purpose.ACTIVATION.owner(caller.principal()),
            null);
    Factor factor =
        pending.add(
            subject,
            FactorId.random(ids),
            label.isEmpty() ? PendingFactors.label(FactorKind.WEBAUTHN) : label,
            passkey,
            gate);
    return new Enrolled(factor, passkey);
  }

  /// The same for all of a user's passkeys, and it names nobody (WebAuthn Level 3 §14.6.1).
  private Bytes handle(Subject subject) {
    return Bytes.of(
        digest.of(
            subject.tenant(),
            KeyUse.INDEX,
            Keys.FIRST_EPOCH,
            "user-handle",
            subject.tenant().id(),
            subject.id()));
  }

  record Enrolled(Factor factor, PendingPasskey passkey) {}
}
