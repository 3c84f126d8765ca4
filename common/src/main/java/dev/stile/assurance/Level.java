package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.util.Set;

/// A named level of assurance (`acr`) and the kinds of factors that reach it.
public record Level(String acr, Set<FactorKind> factors) {
  /// Below all that a policy names: what a recovery code reaches, and for a while what it bound.
  public static final String RECOVERY = "recovery";

  public Level {
    factors = Set.copyOf(factors);
  }
}
