package dev.stile.lambda.verify;

import dev.stile.challenge.Answers;
import dev.stile.challenge.Attempt;
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
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.Secret;
import jakarta.inject.Inject;
import java.util.OptionalLong;

/// Judges a code of an app by the factor as it was read, and then makes exactly one write, whether
/// the code is right or wrong.
final class JudgeTotp {
  private final Answers answers;
  private final JudgeAnswer.Apps apps;

  @Inject
  JudgeTotp(Answers answers, JudgeAnswer.Apps apps) {
    this.answers = answers;
    this.apps = apps;
  }

  /// Overtaken only by a use of a later step, which the next round sees: two rounds at most.
  Verification judge(Attempt attempt, Factor read, Code code, Writes writes) {
    Verification verification = once(attempt, read, code, writes);
    return verification instanceof Overtaken(var current)
        ? once(attempt, current, code, writes)
        : verification;
  }

  private Verification once(Attempt attempt, Factor factor, Code code, Writes writes) {
    if (!(factor.credential() instanceof Totp totp)) {
      return Verification.refused(Reason.UNKNOWN);
    }
    String digest = answers.ofDigits(attempt.subject(), factor.id(), code);
    Secret seed = apps.seed(attempt.subject(), factor, totp);
    OptionalLong step = apps.check.match(seed, totp, code, attempt.now());
    // Whatever a decoy's arithmetic says, it has no right answer.
    if (!factor.isDecoy()
        && step.isPresent()
        && TotpCheck.isFresh(totp.progress(), step.getAsLong(), digest)) {
      return writes.accept(new TotpUse(step.getAsLong(), digest));
    }
    Verification verification = writes.reject();
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

  /// The two writes that a judgement ends in, one of them.
  interface Writes {
    Verification accept(TotpUse use);

    Verification reject();
  }
}
