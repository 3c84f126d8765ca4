package dev.stile.lambda.enroll;

import dev.stile.assurance.Gatekeeper;
import dev.stile.assurance.Gatekeeper.Admission;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.factor.recovery.RecoveryCode;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.factor.recovery.RecoveryDigests;
import dev.stile.key.RandomIds;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a set of recovery codes, keeps their digests, and shows them once. It takes the grant of
/// any other change; one that a recovery code was given for does not do, or whoever found a single
/// code could take the way back from its owner.
final class MakeRecoveryCodes {
  private final Factors factors;
  private final Gatekeeper gatekeeper;
  private final RecoveryCodes codes;
  private final RecoveryDigests digests;
  private final RandomIds ids;

  @Inject
  MakeRecoveryCodes(
      Factors factors,
      Gatekeeper gatekeeper,
      RecoveryCodes codes,
      RecoveryDigests digests,
      RandomIds ids) {
    this.factors = factors;
    this.gatekeeper = gatekeeper;
    this.codes = codes;
    this.digests = digests;
    this.ids = ids;
  }

  List<RecoveryCode> make(Caller caller, @Nullable String grant, Instant now) {
    Subject subject = caller.subject();
    Account account = factors.account(subject);
    if (account.active().isEmpty()) {
      throw noFactor();
    }
    Gate.Granted granted = grantOf(gatekeeper.admit(caller, account, grant));
    List<RecoveryCode> made =
        Stream.generate(() -> RecoveryCode.random(ids)).limit(RecoveryCodes.SET_SIZE).toList();
    Set<String> kept =
        made.stream().map(code -> digests.of(subject, code)).collect(Collectors.toSet());
    return switch (codes.replace(subject, kept, granted, now)) {
      case DONE -> made;
      case GRANT_CONSUMED -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
      case NO_FACTOR -> throw noFactor();
    };
  }

  private static Gate.Granted grantOf(Admission admission) {
    if (admission instanceof Admission.Admitted(Gate.Granted granted)) {
      return granted;
    }
    throw Views.insufficient(admission).asException();
  }

  private static RuntimeException noFactor() {
    return Problem.of(ProblemCode.NO_FACTOR, "Recovery codes need an active factor.").asException();
  }
}
