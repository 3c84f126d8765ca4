package dev.stile.lambda.verify;

import dev.stile.assurance.Gatekeeper;
import dev.stile.assurance.Gatekeeper.Admission;
import dev.stile.challenge.Activations;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Activations.Pending;
import dev.stile.challenge.Activations.Proof;
import dev.stile.challenge.Answers;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Verification.Reason;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.Code;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.FactorId;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.Secret;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Judges the first code of a factor. Whether the caller may add a factor at all is asked first, so
/// that a code is never judged for one who may not; it is asked again by the transaction itself.
final class ActivateFactor {
  /// A code can be replaced by a resend while it is compared; more often than this it is not
  /// chance.
  private static final int TRIES = 4;

  private final Factors factors;
  private final Activations activations;
  private final Gatekeeper gatekeeper;
  private final Answers answers;
  private final JudgeAnswer.Apps apps;
  private final Clock clock;

  @Inject
  ActivateFactor(
      Factors factors,
      Activations activations,
      Gatekeeper gatekeeper,
      Answers answers,
      JudgeAnswer.Apps apps,
      Clock clock) {
    this.factors = factors;
    this.activations = activations;
    this.gatekeeper = gatekeeper;
    this.answers = answers;
    this.apps = apps;
    this.clock = clock;
  }

  Activation activate(Caller caller, FactorId id, Code code, @Nullable String grant) {
    Account account = factors.account(caller.subject());
    if (account.factor(id).isEmpty()) {
      return refused(Reason.UNKNOWN);
    }
    Gate gate = gate(gatekeeper.admitBinding(caller, account, grant));
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Pending> pending = activations.find(caller.subject(), id);
      if (pending.isEmpty()) {
        return refused(Reason.UNKNOWN);
      }
      Activation activation = judge(caller, pending.get(), code, gate);
      if (!(activation instanceof Activation.Overtaken)) {
        return activation;
      }
    }
    throw Problem.of(ProblemCode.UNAVAILABLE).asException();
  }

  /// A factor was proven meanwhile, so that this one needs a grant.
  Problem grantNeeded(Caller caller) {
    return Views.insufficient(gatekeeper.grantNeeded(factors.account(caller.subject())));
  }

  static Gate gate(Admission admission) {
    if (admission instanceof Admission.Admitted(var gate)) {
      return gate;
    }
    throw Views.insufficient(admission).asException();
  }

  private Activation judge(Caller caller, Pending pending, Code code, Gate gate) {
    return switch (pending.factor().credential()) {
      case Totp totp -> judgeTotp(caller, pending, totp, code, gate);
      case Destination destination -> judgeSent(caller, pending, code, gate);
      case PendingPasskey passkey -> throw notByCode();
      case Passkey passkey -> throw notByCode();
    };
  }

  private static RuntimeException notByCode() {
    return Problem.invalid("/code", "A passkey is proven by its credential.").asException();
  }

  private Activation judgeTotp(Caller caller, Pending pending, Totp totp, Code code, Gate gate) {
    Subject subject = caller.subject();
    FactorId id = pending.factor().id();
    Secret seed = apps.seed(subject, pending.factor(), totp);
    OptionalLong step = apps.check.matchFirst(seed, totp, code, clock.instant());
    if (step.isEmpty()) {
      return activations.reject(proof(caller, pending, null));
    }
    // The step counts as used, by the principal whose next answer would repeat it.
    var progress =
        new TotpProgress(
            step.getAsLong(),
            answers.ofDigits(subject, id, code),
            Purpose.STEP_UP.owner(caller.principal()),
            TotpCheck.drift(totp.parameters(), step.getAsLong(), clock.instant()));
    return activations.activate(proof(caller, pending, progress), gate);
  }

  private Activation judgeSent(Caller caller, Pending pending, Code code, Gate gate) {
    Proof proof = proof(caller, pending, null);
    Challenge challenge = pending.challenge();
    if (challenge == null) {
      return refused(Reason.NOT_READY);
    }
    String given = answers.toChallenge(caller.subject(), challenge.id(), code);
    String stored = pending.answer();
    return stored != null && isEqual(given, stored)
        ? activations.activate(proof, gate)
        : activations.reject(proof);
  }

  private Proof proof(Caller caller, Pending pending, @Nullable TotpProgress progress) {
    return new Proof(
        caller.subject(),
        pending,
        Purpose.ACTIVATION.owner(caller.principal()),
        progress,
        clock.instant(),
        caller.call());
  }

  private static boolean isEqual(String given, String stored) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
  }

  private static Activation refused(Reason reason) {
    return new Activation.Refused(reason, Instant.MAX);
  }
}
