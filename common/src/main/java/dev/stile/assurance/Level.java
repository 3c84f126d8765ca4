package dev.stile.assurance;

import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// A named level of assurance (`acr`), the kinds of factors that reach it, what it asks of them,
/// and how many of them it takes.
public record Level(
    String acr, Set<FactorKind> factors, Set<Property> properties, Breadth breadth) {
  /// Below all that a policy names: what a recovery code reaches, and for a while what it bound.
  public static final String RECOVERY = "recovery";

  public Level {
    factors = Set.copyOf(factors);
    properties = Set.copyOf(properties);
  }

  /// A level that one factor reaches.
  public Level(String acr, Set<FactorKind> factors, Set<Property> properties) {
    this(acr, factors, properties, Breadth.ONE);
  }

  /// A level that asks for nothing but a factor of these kinds.
  public Level(String acr, Set<FactorKind> factors) {
    this(acr, factors, Set.of());
  }

  /// Whether a factor reaches it alone. A passkey that did not verify its user at registration
  /// reaches none that asks for that.
  public boolean isReachedBy(Factor factor) {
    return isReachedBy(List.of(Proven.expected(factor)));
  }

  /// Whether these reach it together. Only those of its kinds count, and of each channel one.
  boolean isReachedBy(Collection<Proven> together) {
    List<Proven> counted = together.stream().filter(this::counts).toList();
    return number(counted.stream().map(p -> p.factor().channel()).toList()) >= breadth.factors()
        && number(counted.stream().map(p -> p.factor().kind().factorClass()).toList())
            >= breadth.classes()
        && (!asks(Property.PHISHING_RESISTANT)
            || counted.stream().anyMatch(p -> p.factor().kind().isPhishingResistant()))
        && (!asks(Property.HARDWARE) || counted.stream().anyMatch(p -> p.factor().isHardware()));
  }

  private boolean counts(Proven proven) {
    FactorKind kind = proven.factor().kind();
    return factors.contains(kind)
        && (!asks(Property.USER_VERIFICATION)
            || kind != FactorKind.WEBAUTHN
            || proven.userVerified());
  }

  private static long number(Collection<?> all) {
    return all.stream().distinct().count();
  }

  public boolean asks(Property property) {
    return properties.contains(property);
  }

  /// Whether a factor of this kind may reach it alone.
  public boolean isOpenTo(FactorKind kind) {
    boolean resistant = asks(Property.PHISHING_RESISTANT) || asks(Property.HARDWARE);
    return factors.contains(kind)
        && breadth.equals(Breadth.ONE)
        && (!resistant || kind.isPhishingResistant());
  }

  /// How many factors have to pass together, and of how many classes they have to be.
  public record Breadth(int factors, int classes) {
    public static final Breadth ONE = new Breadth(1, 1);

    public Breadth {
      if (classes < 1 || classes > factors) {
        throw new IllegalArgumentException("classes are at least 1 and no more than the factors");
      }
    }
  }

  /// What a level may ask beside the kind.
  public enum Property {
    /// An authenticator has to verify its user, by a PIN or a biometric.
    USER_VERIFICATION,
    /// One of the factors is of no use to whoever imitates the site (`phr` of OpenID EAP ACR).
    PHISHING_RESISTANT,
    /// One of the factors is a key that cannot leave its device, as its maker attests (`phrh`).
    HARDWARE
  }
}
