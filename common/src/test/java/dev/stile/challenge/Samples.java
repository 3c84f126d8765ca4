package dev.stile.challenge;

import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Challenge.Lifetime;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.Factor.Times;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.key.RandomIds;
import dev.stile.key.Sealed;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Challenges and factors to reason about.
final class Samples {
  static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  static final Subject ANN = new Subject(new Tenant("acme"), "ann");
  static final RandomIds IDS = new RandomIds(new SecureRandom());
  static final FactorId FACTOR = FactorId.of(new byte[16]);

  private Samples() {}

  static Challenge challenge(FactorKind kind, Instant created, Progress progress) {
    var approval =
        new Approval(
            "console", "stile", "pay", Binding.EMPTY, "pay", new Decision("aal1", List.of()), 0);
    return new Challenge(
        ChallengeId.random(IDS, kind, FACTOR, 1),
        "owner",
        approval,
        new Lifetime(created, created.plus(Duration.ofMinutes(5))),
        progress,
        null);
  }

  static Challenge challenge(Status status) {
    return challenge(FactorKind.SMS, NOW, Progress.of(status));
  }

  static Factor factor(FactorState state, Failures failures) {
    Credential credential =
        new Credential.Totp(new Sealed(1, ""), TotpParameters.USUAL, TotpProgress.NEW);
    Instant lapses = state == FactorState.PENDING ? NOW.plus(Duration.ofMinutes(10)) : null;
    return new Factor(FACTOR, "phone", credential, state, failures, new Times(NOW, lapses, null));
  }
}
