package dev.stile.factor;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A subject's profile and factors at one moment. `everEnrolled` is never reset: once a factor was
/// proven, a primary login alone can add no other. The decoy, where one is kept, is none of the
/// factors.
public record Account(
    boolean everEnrolled,
    @Nullable FactorId preferred,
    long epoch,
    List<Factor> factors,
    @Nullable Factor decoy) {
  public static final Account NONE = new Account(false, null, 0, List.of());

  public Account {
    factors = List.copyOf(factors);
  }

  public Account(
      boolean everEnrolled, @Nullable FactorId preferred, long epoch, List<Factor> factors) {
    this(everEnrolled, preferred, epoch, factors, null);
  }

  /// The same account as one whose only factor is this decoy.
  public Account behind(Factor standIn) {
    return new Account(everEnrolled, null, epoch, List.of(standIn), standIn);
  }

  /// What a challenge may have been asked of: a factor, or the decoy.
  public Optional<Factor> asked(FactorId id) {
    return factor(id).or(() -> Optional.ofNullable(decoy).filter(f -> f.id().equals(id)));
  }

  public Optional<Factor> factor(FactorId id) {
    return factors.stream().filter(f -> f.id().equals(id)).findFirst();
  }

  /// The account without the passkeys of other relying parties, which no browser offers here.
  public Account at(@Nullable String relyingParty) {
    List<Factor> here =
        factors.stream()
            .filter(factor ->
                !(factor.credential() instanceof Credential.Passkey passkey)
                    || passkey.scope().relyingParty().equals(relyingParty))
            .toList();
    return new Account(everEnrolled, preferred, epoch, here, decoy);
  }

  public List<Factor> active() {
    return factors.stream().filter(Factor::isActive).toList();
  }

  public List<Factor> usable() {
    return factors.stream().filter(Factor::isUsable).toList();
  }
}
