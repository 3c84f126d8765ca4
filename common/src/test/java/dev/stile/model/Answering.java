package dev.stile.model;

import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Activations.Pending;
import dev.stile.challenge.Activations.Proof;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Code;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.Secret;
import dev.stile.model.Operations.Guess;
import dev.stile.model.Operations.Who;
import dev.stile.model.Operations.Write;
import dev.stile.testing.Samples;
import dev.stile.testing.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// How the verifying function judges: a sent code by one write, an app's by one read and one write,
/// a first code by reading what waits for it. The same rule as `JudgeAnswer` and `ActivateFactor`,
/// with the store's own `TotpCheck`.
final class Answering {
  private static final Secret SEED = Secret.of(new byte[20]);

  private final Stores stores;
  private final Labels labels;
  private final Function<Verified, String> outcome;
  private final TotpCheck check = new TotpCheck(new ShownDigits());

  /// `outcome` tells what a right answer leads to.
  Answering(Stores stores, Labels labels, Function<Verified, String> outcome) {
    this.stores = stores;
    this.labels = labels;
    this.outcome = outcome;
  }

  String verify(ChallengeId id, Guess guess, Who who, Write write, Instant now) {
    var attempt =
        new Attempt(labels.subject, id, labels.owner(Purpose.STEP_UP, who), Samples.request(), now);
    Verdicts verdicts =
        switch (write) {
          case ONCE -> stores.verdicts();
          case REPEATED -> new RepeatedWrites(stores.verdicts());
        };
    Verification verification =
        id.kind().isOutOfBand()
            ? verdicts.judge(attempt, typed(id, guess))
            : judgeApp(verdicts, attempt, code(guess, now));
    return text(verification);
  }

  /// The digest of a sent code, told from the newest that was sent.
  private String typed(ChallengeId id, Guess guess) {
    int newest =
        stores
            .challenges()
            .find(labels.subject, id)
            .map(Challenge::dispatch)
            .map(Dispatch::generation)
            .orElse(1);
    return Labels.answer(id, newest + guess.offset);
  }

  private static Code code(Guess guess, Instant now) {
    return Code.of(ShownDigits.at(TotpParameters.USUAL.stepAt(now) + guess.offset));
  }

  private Verification judgeApp(Verdicts verdicts, Attempt attempt, Code code) {
    Optional<Factor> factor =
        stores.factors().find(attempt.subject(), attempt.challenge().factor());
    if (factor.isEmpty()) {
      return Verification.refused(Reason.UNKNOWN);
    }
    Verification verification = judgeApp(verdicts, attempt, factor.get(), code);
    return verification instanceof Overtaken(var current)
        ? judgeApp(verdicts, attempt, current, code)
        : verification;
  }

  private Verification judgeApp(Verdicts verdicts, Attempt attempt, Factor factor, Code code) {
    Totp totp = (Totp) factor.credential();
    String digest = Labels.digest(code.reveal());
    OptionalLong step = check.match(SEED, totp, code, attempt.now());
    if (step.isPresent() && TotpCheck.isFresh(totp.progress(), step.getAsLong(), digest)) {
      return verdicts.accept(attempt, new TotpUse(step.getAsLong(), digest));
    }
    Verification verification = verdicts.reject(attempt);
    boolean used =
        step.isPresent()
            && step.getAsLong() == totp.progress().lastStep()
            && attempt.owner().equals(totp.progress().lastPrincipal());
    return used && verification instanceof Verification.Rejected(int left, Cause cause)
        ? new Verification.Rejected(left, Cause.ALREADY_USED)
        : verification;
  }

  private String text(Verification verification) {
    return switch (verification) {
      case Verified verified -> {
        Challenge challenge = verified.challenge();
        Challenge read = stores.challenges().find(labels.subject, challenge.id()).orElseThrow();
        yield Service.agreeing(outcome.apply(verified), challenge, read);
      }
      case Verification.Rejected(int left, Cause cause) ->
          (cause == Cause.ALREADY_USED ? "already used " : "wrong ") + left;
      case Verification.Refused(var reason, var until) -> refused(reason, until);
      case Overtaken overtaken -> "overtaken";
    };
  }

  private static String refused(Reason reason, Instant until) {
    return "refused " + reason + (until.equals(Instant.MAX) ? "" : " until " + until);
  }

  String activate(FactorId id, Guess guess, Who who, Gate gate, Instant now) {
    Optional<Pending> found = stores.activations().find(labels.subject, id);
    if (found.isEmpty()) {
      return refused(Reason.UNKNOWN, Instant.MAX);
    }
    return switch (activate(found.get(), guess, who, gate, now)) {
      case Activation.Rejected(int left) -> "wrong " + left;
      case Activation.Refused(var reason, var until) -> refused(reason, until);
      case Activation other -> other.getClass().getSimpleName();
    };
  }

  private Activation activate(Pending found, Guess guess, Who who, Gate gate, Instant now) {
    String owner = labels.owner(Purpose.ACTIVATION, who);
    if (found.factor().credential() instanceof Totp totp) {
      Code code = code(guess, now);
      OptionalLong step = check.matchFirst(SEED, totp, code, now);
      if (step.isEmpty()) {
        return stores.activations().reject(new Proof(labels.subject, found, owner, null, now));
      }
      var progress =
          new TotpProgress(
              step.getAsLong(),
              Labels.digest(code.reveal()),
              labels.owner(Purpose.STEP_UP, who),
              TotpCheck.drift(totp.parameters(), step.getAsLong(), now));
      var proof = new Proof(labels.subject, found, owner, progress, now);
      return stores.activations().activate(proof, gate);
    }
    var proof = new Proof(labels.subject, found, owner, null, now);
    Challenge challenge = found.challenge();
    if (challenge == null) {
      return new Activation.Refused(Reason.NOT_READY, Instant.MAX);
    }
    return typed(challenge.id(), guess).equals(found.answer())
        ? stores.activations().activate(proof, gate)
        : stores.activations().reject(proof);
  }

  /// The SDK as it is when an answer was lost: the same write again. The first one's answer is the
  /// one that nobody sees.
  private record RepeatedWrites(Verdicts inner) implements Verdicts {
    private static Verification repeated(Supplier<Verification> write) {
      return List.of(write.get(), write.get()).getLast();
    }

    @Override
    public Verification judge(Attempt attempt, String answerDigest) {
      return repeated(() -> inner.judge(attempt, answerDigest));
    }

    @Override
    public Verification accept(Attempt attempt, TotpUse use) {
      return repeated(() -> inner.accept(attempt, use));
    }

    @Override
    public Verification reject(Attempt attempt) {
      return repeated(() -> inner.reject(attempt));
    }
  }
}
