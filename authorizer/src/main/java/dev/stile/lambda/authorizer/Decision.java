package dev.stile.lambda.authorizer;

import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerifiedGrant;

/// What the authorizer makes of one request.
sealed interface Decision {
  /// The grant is what the route asks for. Where the route has a guard, the guard still has to say
  /// whether it is for these details and unused.
  record Granted(VerifiedGrant grant) implements Decision {}

  /// There is no such grant, and a guard behind the gateway will say so in a better answer than the
  /// gateway has.
  record LeftToTheGuard() implements Decision {}

  /// There is no such grant; a step-up would bring one.
  record StepUp(Requirement needed) implements Decision {}

  /// No, for a reason that only the log is told.
  record Denied(String reason) implements Decision {}
}
