package dev.stile.lambda.verify;

import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Refused;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.factor.Code;
import dev.stile.factor.Factor;
import dev.stile.key.KeyedDigest;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Asks and judges in one call, for a user who has typed the code of an app beforehand. It is a
/// challenge like any other, under the same limits, that is written once: when it has ended (ADR
/// 0008).
final class VerifyAtOnce {
  /// How long it could have been answered, as of a challenge that was asked for without a wish.
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Asks asks;
  private final DirectVerdicts verdicts;
  private final JudgeTotp judgeTotp;
  private final RandomIds ids;
  private final KeyedDigest keys;
  private final Clock clock;

  @Inject
  VerifyAtOnce(
      Asks asks,
      DirectVerdicts verdicts,
      JudgeTotp judgeTotp,
      RandomIds ids,
      KeyedDigest keys,
      Clock clock) {
    this.asks = asks;
    this.verdicts = verdicts;
    this.judgeTotp = judgeTotp;
    this.ids = ids;
    this.keys = keys;
    this.clock = clock;
  }

  /// The ask has to wish for an authenticator app.
  Verification verify(Caller caller, Ask ask, Code code) {
    Asks.Weighed weighed = asks.weigh(caller, ask);
    Factor factor = weighed.choice().factor();
    Instant now = clock.instant();
    int epoch = keys.currentEpoch(caller.subject().tenant());
    var asked =
        new Challenge(
            ChallengeId.random(ids, factor.kind(), factor.id(), epoch),
            Purpose.STEP_UP.owner(caller.principal()),
            weighed.approval(),
            new Challenge.Lifetime(now, now.plus(LIFETIME)),
            Challenge.Progress.of(Status.PENDING),
            null);
    var attempt =
        new Attempt(
            caller.subject(), asked.id(), asked.owner(), Attempt.request(caller.call(), ids), now);
    Verification verification =
        judgeTotp.judge(attempt, factor, code, writes(attempt, asked, factor));
    if (verification instanceof Refused(Reason reason, Instant retryAt)
        && reason == Reason.UNKNOWN) {
      // Removed since it was chosen.
      throw Problem.of(ProblemCode.NO_FACTOR).asException();
    }
    return verification;
  }

  private JudgeTotp.Writes writes(Attempt attempt, Challenge asked, Factor factor) {
    return new JudgeTotp.Writes() {
      @Override
      public Verification accept(TotpUse use) {
        return verdicts.accept(attempt, asked, use);
      }

      @Override
      public Verification reject() {
        return factor.isDecoy()
            ? verdicts.rejectDecoy(attempt, asked, factor)
            : verdicts.reject(attempt, asked);
      }
    };
  }
}
