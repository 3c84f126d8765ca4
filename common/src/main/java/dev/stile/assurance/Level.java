package dev.stile.assurance;

import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import java.util.Set;

/// A named level of assurance (`acr`), the kinds of factors that reach it, and what it asks of
/// them.
public record Level(String acr, Set<FactorKind> factors, Set<Property> properties) {
  /// Below all that a policy names: what a recovery code reaches, and for a while what it bound.
  public static final String RECOVERY = "recovery";

  public Level {
    factors = Set.copyOf(factors);
    properties = Set.copyOf(properties);
  }

  /// A level that asks for nothing but a factor of these kinds.
  public Level(String acr, Set<FactorKind> factors) {
    this(acr, factors, Set.of());
  }

  /// Whether a factor reaches it. A passkey that did not verify its user at registration reaches
  /// none that asks for that.
  public boolean isReachedBy(Factor factor) {
    return factors.contains(factor.kind())
        && (!asks(Property.USER_VERIFICATION)
            || !(factor.credential() instanceof Passkey passkey)
            || passkey.record().authenticator().userVerified());
  }

  public boolean asks(Property property) {
    return properties.contains(property);
  }

  /// What a level may ask beside the kind.
  public enum Property {
    /// An authenticator has to verify its user, by a PIN or a biometric.
    USER_VERIFICATION
  }
}
