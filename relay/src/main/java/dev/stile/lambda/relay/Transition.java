package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.Outcome;
import java.util.Map;

/// One thing that happened: what an audit record says of it, and what only its event says.
record Transition(Type type, AuditRecord account, Map<String, Object> details) {
  Transition {
    details = Map.copyOf(details);
  }

  /// Everything that can happen to factors, challenges and recovery codes, by its name on the wire.
  /// Audited are the verdicts and what becomes of factors.
  enum Type {
    CHALLENGE_REQUESTED("challenge.requested", Outcome.SUCCESS, Audit.NONE),
    CHALLENGE_OPENED("challenge.opened", Outcome.SUCCESS, Audit.NONE),
    CHALLENGE_RESENT("challenge.resent", Outcome.SUCCESS, Audit.NONE),
    CHALLENGE_APPROVED("challenge.approved", Outcome.SUCCESS, Audit.KEPT),
    CHALLENGE_DENIED("challenge.denied", Outcome.FAILURE, Audit.KEPT),
    CHALLENGE_BLOCKED("challenge.blocked", Outcome.FAILURE, Audit.KEPT),
    CHALLENGE_CANCELED("challenge.canceled", Outcome.SUCCESS, Audit.NONE),
    CHALLENGE_FAILED("challenge.failed", Outcome.FAILURE, Audit.NONE),
    GUESS_REJECTED("guess.rejected", Outcome.FAILURE, Audit.KEPT),
    DELIVERY_SENT("delivery.sent", Outcome.SUCCESS, Audit.NONE),
    DELIVERY_FAILED("delivery.failed", Outcome.FAILURE, Audit.NONE),
    FACTOR_PENDING("factor.pending", Outcome.SUCCESS, Audit.KEPT),
    FACTOR_ADDED("factor.added", Outcome.SUCCESS, Audit.KEPT),
    FACTOR_RENAMED("factor.renamed", Outcome.SUCCESS, Audit.KEPT),
    FACTOR_LOCKED("factor.locked", Outcome.FAILURE, Audit.NONE),
    FACTOR_DISABLED("factor.disabled", Outcome.FAILURE, Audit.KEPT),
    FACTOR_ABANDONED("factor.abandoned", Outcome.SUCCESS, Audit.KEPT),
    FACTOR_REMOVED("factor.removed", Outcome.SUCCESS, Audit.KEPT),
    RECOVERY_CREATED("recovery.created", Outcome.SUCCESS, Audit.KEPT),
    RECOVERY_USED("recovery.used", Outcome.SUCCESS, Audit.KEPT),
    RECOVERY_REJECTED("recovery.rejected", Outcome.FAILURE, Audit.KEPT);

    private final String wire;
    private final Outcome outcome;
    private final Audit audit;

    Type(String wire, Outcome outcome, Audit audit) {
      this.wire = wire;
      this.outcome = outcome;
      this.audit = audit;
    }

    String wire() {
      return wire;
    }

    Outcome outcome() {
      return outcome;
    }

    boolean isAudited() {
      return audit == Audit.KEPT;
    }

    private enum Audit {
      KEPT,
      NONE
    }
  }
}
