package dev.stile.lambda.verify;

import dev.stile.challenge.Answers;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Overtaken;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.factor.Code;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.Factors;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.KeyUse;
import dev.stile.key.RandomIds;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/// Judges the answer to a challenge. A code that was sent takes one write and no read; one from an
/// app takes one read and one write, whether it is right or wrong.
final class JudgeAnswer {
  private final Verdicts verdicts;
  private final Factors factors;
  private final Answers answers;
  private final Apps apps;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  JudgeAnswer(
      Verdicts verdicts, Factors factors, Answers answers, Apps apps, RandomIds ids, Clock clock) {
    this.verdicts = verdicts;
    this.factors = factors;
    this.answers = answers;
    this.apps = apps;
    this.ids = ids;
    this.clock = clock;
  }

  Verification judge(Caller caller, ChallengeId challenge, Code code) {
    var attempt =
        new Attempt(
            caller.subject(),
            challenge,
            Purpose.STEP_UP.owner(caller.principal()),
            ids.text(),
            clock.instant());
    return switch (challenge.kind()) {
      case SMS, EMAIL ->
          verdicts.judge(attempt, answers.toChallenge(caller.subject(), challenge, code));
      case TOTP -> judgeTotp(attempt, code);
    };
  }

  /// Overtaken only by a use of a later step, which the next round sees: two rounds at most.
  private Verification judgeTotp(Attempt attempt, Code code) {
    Optional<Factor> factor = factors.find(attempt.subject(), attempt.challenge().factor());
    if (factor.isEmpty() || !(factor.get().credential() instanceof Totp)) {
      return Verification.refused(Reason.UNKNOWN);
    }
    Verification verification = judgeTotp(attempt, factor.get(), code);
    return verification instanceof Overtaken(var current)
        ? judgeTotp(attempt, current, code)
        : verification;
  }

  private Verification judgeTotp(Attempt attempt, Factor factor, Code code) {
    Totp totp = (Totp) factor.credential();
    String digest = answers.ofDigits(attempt.subject(), factor.id(), code);
    Secret seed = apps.seed(attempt.subject(), factor, totp);
    OptionalLong step = apps.check.match(seed, totp, code, attempt.now());
    if (step.isPresent() && TotpCheck.isFresh(totp.progress(), step.getAsLong(), digest)) {
      return verdicts.accept(attempt, new TotpUse(step.getAsLong(), digest));
    }
    Verification verification = verdicts.reject(attempt);
    return verification instanceof Rejected(int left, Cause cause)
            && usedByOwner(attempt, totp.progress(), step)
        ? new Rejected(left, Cause.ALREADY_USED)
        : verification;
  }

  /// Told only to the principal whose own success used the code.
  private static boolean usedByOwner(Attempt attempt, TotpProgress progress, OptionalLong step) {
    return step.isPresent()
        && step.getAsLong() == progress.lastStep()
        && attempt.owner().equals(progress.lastPrincipal());
  }

  /// What it takes to check a code of an app.
  static final class Apps {
    private final Sealing sealing;
    final TotpCheck check;

    @Inject
    Apps(Sealing sealing, TotpCheck check) {
      this.sealing = sealing;
      this.check = check;
    }

    Secret seed(Subject subject, Factor factor, Totp totp) {
      return sealing.open(subject, factor.id().text(), KeyUse.SEED, totp.seed());
    }
  }
}
