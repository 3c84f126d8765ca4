package dev.stile.lambda.enroll;

import dev.stile.assurance.Gatekeeper;
import dev.stile.edge.Views;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Factors;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Keeps factors that wait for their first proof, for ten minutes at most.
final class PendingFactors {
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /// The challenge of a ceremony is not to lie about for longer (WebAuthn Level 3 §13.4.3).
  static final Duration PASSKEY_LIFETIME = Duration.ofMinutes(5);

  private final Factors factors;
  private final Gatekeeper gatekeeper;
  private final Clock clock;

  @Inject
  PendingFactors(Factors factors, Gatekeeper gatekeeper, Clock clock) {
    this.factors = factors;
    this.gatekeeper = gatekeeper;
    this.clock = clock;
  }

  Factor add(Subject subject, FactorId id, String label, Credential credential, Gate gate) {
    Instant now = clock.instant();
    var times = new Factor.Times(now, now.plus(lifetime(credential.kind())), null);
    var factor = new Factor(id, label, credential, FactorState.PENDING, Failures.NONE, times);
    return switch (factors.add(subject, factor, gate)) {
      case DONE -> factor;
      case GRANT_CONSUMED -> throw Problem.of(ProblemCode.GRANT_CONSUMED).asException();
      case GRANT_NEEDED, LAST_FACTOR, GONE ->
          throw Views.insufficient(gatekeeper.grantNeeded(factors.account(subject))).asException();
    };
  }

  private static Duration lifetime(FactorKind kind) {
    return kind == FactorKind.WEBAUTHN ? PASSKEY_LIFETIME : LIFETIME;
  }

  /// What a factor is called until its owner renames it.
  static String label(FactorKind kind) {
    return switch (kind) {
      case WEBAUTHN -> Passkey.UNNAMED;
      case TOTP -> "Authenticator app";
      case SMS -> "Phone";
      case EMAIL -> "E-mail";
    };
  }
}
