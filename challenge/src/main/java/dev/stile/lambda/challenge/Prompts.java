package dev.stile.lambda.challenge;

import dev.stile.assurance.Level;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Prompt;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.key.RandomIds;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes what a challenge asks its factor with.
final class Prompts {
  private final Policies policies;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  Prompts(Policies policies, RandomIds ids, Clock clock) {
    this.policies = policies;
    this.ids = ids;
    this.clock = clock;
  }

  /// Null for an app, which shows its codes unasked.
  @Nullable Prompt of(List<Factor> factors, Approval approval, String locale) {
    return switch (factors.getFirst().credential()) {
      case Totp totp -> null;
      case Destination destination -> Dispatch.first(clock.instant(), locale);
      case Passkey passkey ->
          new PasskeyPrompt(
              passkey.scope().relyingParty(),
              ids.nonce(),
              asksForUserVerification(approval.decision().acr()),
              credentials(factors));
      case PendingPasskey pending -> throw new IllegalStateException("it cannot answer yet");
    };
  }

  private boolean asksForUserVerification(String acr) {
    return policies.current().levels().stream()
        .anyMatch(level -> level.acr().equals(acr) && level.asks(Level.Property.USER_VERIFICATION));
  }

  private static Map<String, FactorId> credentials(List<Factor> factors) {
    Map<String, FactorId> credentials = new HashMap<>();
    for (Factor factor : factors) {
      if (factor.credential() instanceof Passkey passkey) {
        credentials.put(passkey.index(), factor.id());
      }
    }
    return credentials;
  }
}
