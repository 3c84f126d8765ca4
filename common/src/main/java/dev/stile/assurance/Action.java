package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a tenant demands for one action. Without `acr` any level does; without a template the user
/// is shown every member of the binding.
public record Action(
    String name,
    boolean denied,
    @Nullable String acr,
    Set<FactorKind> factors,
    Display display,
    Duration grantLifetime) {
  /// The one action that Stile itself knows: changing the factors of an account.
  public static final String MANAGE_FACTORS = "manage-factors";

  public Action {
    factors = Set.copyOf(factors);
  }

  /// How the transaction is put into words, and whether there has to be one.
  public record Display(@Nullable String template, boolean bindingRequired) {}
}
