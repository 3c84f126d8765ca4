package dev.stile.lambda.verify;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Redemptions;
import dev.stile.challenge.Redemptions.Presentation;
import dev.stile.challenge.Redemptions.Redemption;
import dev.stile.challenge.Verification.Reason;
import dev.stile.edge.Ask;
import dev.stile.edge.Asks;
import dev.stile.factor.recovery.RecoveryCode;
import dev.stile.factor.recovery.RecoveryDigests;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;

/// Judges a recovery code. Asking counts against the user's rate of challenges like any other, and
/// the code is judged by the one write that redeems it.
final class RedeemRecoveryCode {
  private final Asks asks;
  private final Redemptions redemptions;
  private final RecoveryDigests digests;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  RedeemRecoveryCode(
      Asks asks, Redemptions redemptions, RecoveryDigests digests, RandomIds ids, Clock clock) {
    this.asks = asks;
    this.redemptions = redemptions;
    this.digests = digests;
    this.ids = ids;
    this.clock = clock;
  }

  Redemption redeem(Caller caller, Ask ask, RecoveryCode code) {
    Approval approval = asks.weighRecovery(caller, ask);
    var presentation =
        new Presentation("rcv_" + ids.text(), caller.subject(), approval, clock.instant());
    Redemption redemption = redemptions.redeem(presentation, digests.of(caller.subject(), code));
    if (redemption instanceof Redemption.Refused(Reason reason, var retryAt)
        && reason == Reason.UNKNOWN) {
      throw Problem.of(ProblemCode.NO_FACTOR, "There are no recovery codes.").asException();
    }
    return redemption;
  }
}
