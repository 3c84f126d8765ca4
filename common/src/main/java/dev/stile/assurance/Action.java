package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a tenant demands for one action. Without `acr` any level does; without a template the user
/// is shown every member of the binding. With a chain, factors of these kinds have to pass one
/// after the other.
public record Action(
    String name,
    boolean denied,
    @Nullable String acr,
    Set<FactorKind> factors,
    List<Set<FactorKind>> chain,
    Display display,
    Terms terms) {
  /// The one action that Stile itself knows: changing the factors of an account.
  public static final String MANAGE_FACTORS = "manage-factors";

  public Action {
    factors = Set.copyOf(factors);
    chain = List.copyOf(chain);
  }

  /// An action that names no chain; its level may still take several factors.
  public Action(
      String name,
      boolean denied,
      @Nullable String acr,
      Set<FactorKind> factors,
      Display display,
      Terms terms) {
    this(name, denied, acr, factors, List.of(), display, terms);
  }

  /// An action whose grants end with their life and by nothing else.
  public Action(
      String name,
      boolean denied,
      @Nullable String acr,
      Set<FactorKind> factors,
      Display display,
      Duration grantLifetime) {
    this(name, denied, acr, factors, display, new Terms(grantLifetime, null, false));
  }

  /// The kinds that may come at a place of the chain. What a level takes beyond it may be of any
  /// kind that counts.
  Set<FactorKind> factorsAt(int place) {
    return place < chain.size() ? chain.get(place) : factors;
  }

  /// What is left to ask of a chain once factors of these kinds have passed elsewhere: the first
  /// step that one of them could answer is done, and none of them answers another. Something is
  /// always left, so that no login alone leads to a grant.
  public Action after(Set<FactorKind> passed) {
    for (int i = 0; i < chain.size() && chain.size() > 1; i++) {
      if (!Collections.disjoint(chain.get(i), passed)) {
        List<Set<FactorKind>> left = new ArrayList<>(chain);
        left.remove(i);
        left.replaceAll(step -> without(passed, step));
        return left.contains(Set.<FactorKind>of())
            ? this
            : new Action(name, denied, acr, factors, left, display, terms);
      }
    }
    return this;
  }

  private static Set<FactorKind> without(Set<FactorKind> passed, Set<FactorKind> step) {
    return step.stream().filter(kind -> !passed.contains(kind)).collect(Collectors.toSet());
  }

  public Duration grantLifetime() {
    return terms.lifetime();
  }

  /// Whether a service has to look into the request, or at what was used before, to accept a grant:
  /// more than an edge in front of it can do.
  public boolean needsGuard() {
    return display.bindingRequired() || terms.singleUse();
  }

  /// How the transaction is put into words, and whether there has to be one.
  public record Display(@Nullable String template, boolean bindingRequired) {}

  /// How long a grant for the action lives, how long ago the user may have authenticated where the
  /// grant is shown, whether it serves once only, and whether one that is still good spares the
  /// user another challenge.
  public record Terms(
      Duration lifetime, @Nullable Duration maxAge, boolean singleUse, boolean reusable) {
    public Terms {
      if (singleUse && reusable) {
        throw new IllegalArgumentException("what serves once is not used again");
      }
    }

    public Terms(Duration lifetime, @Nullable Duration maxAge, boolean singleUse) {
      this(lifetime, maxAge, singleUse, false);
    }
  }
}
