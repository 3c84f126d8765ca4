package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.util.Set;

/// A named level of assurance (`acr`) and the kinds of factors that reach it.
public record Level(String acr, Set<FactorKind> factors) {
  public Level {
    factors = Set.copyOf(factors);
  }
}
