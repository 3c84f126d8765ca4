package dev.stile.lambda.enroll;

import dev.stile.assurance.Gatekeeper;
import dev.stile.assurance.Gatekeeper.Admission;
import dev.stile.edge.Views;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Removes a factor. One that was never proven simply goes; a proven one takes a grant, and another
/// usable factor has to remain.
final class RemoveFactor {
  private final Factors factors;
  private final Gatekeeper gatekeeper;
  private final Clock clock;

  @Inject
  RemoveFactor(Factors factors, Gatekeeper gatekeeper, Clock clock) {
    this.factors = factors;
    this.gatekeeper = gatekeeper;
    this.clock = clock;
  }

  void remove(Caller caller, FactorId id, @Nullable String grant) {
    Account account = factors.account(caller.subject());
    Factor factor = account.factor(id).orElseThrow(RemoveFactor::notFound);
    if (!factor.isActive()) {
      if (!factors.abandon(caller.subject(), id)) {
        throw notFound();
      }
      return;
    }
    Gate.Granted granted = grantOf(gatekeeper.admit(caller, account, grant));
    if (account.usable().stream().allMatch(other -> other.id().equals(id))) {
      throw Problem.of(ProblemCode.LAST_FACTOR).asException();
    }
    switch (factors.remove(caller.subject(), id, granted, clock.instant())) {
      case DONE -> {}
      case GRANT_CONSUMED -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
      case LAST_FACTOR -> throw Problem.of(ProblemCode.LAST_FACTOR).asException();
      case GONE, GRANT_NEEDED -> throw notFound();
    }
  }

  private static Gate.Granted grantOf(Admission admission) {
    if (admission instanceof Admission.Admitted(Gate.Granted granted)) {
      return granted;
    }
    throw Views.insufficient(admission).asException();
  }

  private static RuntimeException notFound() {
    return Problem.of(ProblemCode.NOT_FOUND).asException();
  }
}
