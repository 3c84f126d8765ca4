package dev.stile.testing;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Activations.Pending;
import dev.stile.challenge.Activations.Proof;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Challenges.Opening;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Registrations.Answer;
import dev.stile.challenge.Registrations.Registered;
import dev.stile.challenge.Registrations.Taking;
import dev.stile.challenge.Status;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.Factors.Change;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.subject.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a subject comes by factors, step by step and through the ports alone.
public record Enrollment(Stores stores, Subject subject) {
  public static Enrollment of(Stores stores) {
    return new Enrollment(stores, Samples.subject());
  }

  /// What ties the challenges of this subject's activations to their principal.
  public String owner() {
    return Purpose.ACTIVATION.owner(Samples.principal(subject));
  }

  /// A factor that was added and waits for its first code.
  public Factor pending(FactorKind kind, Instant now) {
    return pending(Samples.pending(kind, now));
  }

  public Factor pending(Factor factor) {
    boolean first = !stores.factors().account(subject).everEnrolled();
    Gate gate = first ? new Gate.FirstFactor() : Samples.grant();
    Change change = stores.factors().add(subject, factor, gate);
    if (change != Change.DONE) {
      throw new AssertionError("a factor could not be added: " + change);
    }
    return factor;
  }

  /// A pending factor, and the challenge whose code proves it where one is sent.
  public Factor asked(FactorKind kind, Instant now) {
    Factor factor = pending(kind, now);
    if (kind.isOutOfBand()) {
      ask(factor.id(), kind, Status.PENDING, now);
    }
    return factor;
  }

  /// Opens a challenge for an activation; a requested one has no answer yet.
  public Challenge ask(FactorId factor, FactorKind kind, Status status, Instant now) {
    Challenge challenge = Samples.challenge(factor, kind, owner(), status, now);
    String answer = status == Status.REQUESTED ? null : answer(challenge.id());
    Opening opening = stores.challenges().open(subject, challenge, answer, now);
    if (opening instanceof Opening.Opened(Challenge opened)) {
      return opened;
    }
    throw new AssertionError("a challenge could not be opened: " + opening);
  }

  public static String answer(ChallengeId challenge) {
    return Samples.digest("activation", challenge.text());
  }

  /// What a caller knows who has read the factor and found the code right.
  public Proof proof(FactorId factor, Instant now) {
    Pending found =
        stores
            .activations()
            .find(subject, factor)
            .orElseThrow(() -> new AssertionError("nothing waits for its first code"));
    return new Proof(subject, found, owner(), progress(found.factor(), now), now);
  }

  private @Nullable TotpProgress progress(Factor factor, Instant now) {
    long step = TotpParameters.USUAL.stepAt(now);
    return factor.kind().isOutOfBand()
        ? null
        : new TotpProgress(step, Samples.digest("digits", subject.id(), step), owner(), 1);
  }

  /// A factor that was proven long ago.
  public Factor active(FactorKind kind) {
    Instant now = Samples.ENROLLED;
    boolean first = !stores.factors().account(subject).everEnrolled();
    Factor factor = asked(kind, now);
    Gate gate = first ? new Gate.FirstFactor() : Samples.grant();
    Activation activation =
        kind == FactorKind.WEBAUTHN
            ? register(factor, Samples.passkey(), gate, now)
            : stores.activations().activate(proof(factor.id(), now), gate);
    if (!(activation instanceof Activation.Activated)) {
      throw new AssertionError("a factor could not be activated: " + activation);
    }
    return factor(factor.id());
  }

  /// What comes of a credential that verifies.
  public Activation register(Factor pending, Passkey passkey, Gate gate, Instant now) {
    Answer answer = answer(pending, now);
    if (!(stores.registrations().take(answer) instanceof Taking.Taken)) {
      throw new AssertionError("the challenge of a registration could not be taken");
    }
    return stores.registrations().activate(answer, new Registered(passkey, pending.label()), gate);
  }

  /// One answer to the registration of a pending passkey.
  public Answer answer(Factor pending, Instant now) {
    if (!(pending.credential() instanceof PendingPasskey passkey)) {
      throw new AssertionError("only a pending passkey is registered");
    }
    return new Answer(subject, pending.id(), passkey.owner(), Samples.request(), now);
  }

  /// A factor as it is now.
  public Factor factor(FactorId id) {
    return stores
        .factors()
        .find(subject, id)
        .orElseThrow(() -> new AssertionError("the factor is gone"));
  }
}
