package dev.stile.assurance;

import dev.stile.challenge.Approval.Decision;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which factor answers a challenge: the caller's wish among those that the policy admits, else the
/// strongest, then the preferred, then the last used. The policy's level is a floor that a caller
/// can only raise. Unless one was named, any passkey of the same level may answer for the chosen
/// one: the user's device offers those that are at hand.
public record FactorChoice(
    Factor factor, List<Factor> companions, List<Factor> alternatives, Decision decision) {
  public FactorChoice {
    companions = List.copyOf(companions);
    alternatives = List.copyOf(alternatives);
  }

  /// What a caller may say about the factor.
  public record Wish(@Nullable FactorId factor, Set<FactorKind> kinds, Set<String> acrValues) {
    public static final Wish NONE = new Wish(null, Set.of(), Set.of());

    public Wish {
      kinds = Set.copyOf(kinds);
      acrValues = Set.copyOf(acrValues);
    }
  }

  /// Empty if no usable factor of the account meets policy and wish.
  public static Optional<FactorChoice> make(
      Policy policy, Action action, Account account, Wish wish, Instant now) {
    int floor = floor(policy, action, account, wish);
    List<Factor> admitted =
        account.usable().stream()
            .filter(f -> policy.rank(f) >= floor)
            .filter(f -> action.factors().contains(f.kind()))
            .filter(f -> wish.kinds().isEmpty() || wish.kinds().contains(f.kind()))
            .sorted(order(policy, account, now))
            .toList();
    Optional<Factor> chosen =
        admitted.stream()
            .filter(f -> wish.factor() == null || f.id().equals(wish.factor()))
            .findFirst();
    return chosen.map(factor -> {
      List<Factor> others = new ArrayList<>(admitted);
      others.remove(factor);
      List<Factor> companions = companions(policy, factor, wish, others);
      others.removeAll(companions);
      String acr = policy.levelOf(factor).orElseThrow().acr();
      List<String> reasons = reasons(policy, action, wish, floor, account, factor);
      return new FactorChoice(
          factor,
          companions,
          others,
          new Decision(acr, reasons, others.stream().map(Factor::id).toList()));
    });
  }

  private static List<Factor> companions(
      Policy policy, Factor chosen, Wish wish, List<Factor> others) {
    if (chosen.kind() != FactorKind.WEBAUTHN || wish.factor() != null) {
      return List.of();
    }
    return others.stream()
        .filter(f -> f.kind() == FactorKind.WEBAUTHN && policy.rank(f) == policy.rank(chosen))
        .toList();
  }

  /// The level below which nothing is asked: the action's, raised by the caller's wish; for
  /// managing factors the highest that the account reaches.
  static int floor(Policy policy, Action action, Account account, Wish wish) {
    int floor = action.acr() == null ? 0 : policy.rankOf(action.acr());
    if (action.name().equals(Action.MANAGE_FACTORS)) {
      floor = Math.max(floor, policy.highestRank(account));
    }
    int wished =
        wish.acrValues().stream()
            .mapToInt(policy::rankOf)
            .filter(rank -> rank >= 0)
            .min()
            .orElse(0);
    return Math.max(floor, wished);
  }

  private static Comparator<Factor> order(Policy policy, Account account, Instant now) {
    return Comparator.<Factor>comparingInt(f -> f.failures().admitsGuess(now) ? 0 : 1)
        .thenComparingInt(f -> -policy.rank(f))
        .thenComparingInt(f -> f.id().equals(account.preferred()) ? 0 : 1)
        .thenComparing(Factor::kind)
        .thenComparing(FactorChoice::lastUsed, Comparator.reverseOrder())
        .thenComparing(f -> f.times().created());
  }

  private static Instant lastUsed(Factor factor) {
    Instant used = factor.times().lastUsed();
    return used == null ? Instant.EPOCH : used;
  }

  private static List<String> reasons(
      Policy policy, Action action, Wish wish, int floor, Account account, Factor factor) {
    List<String> reasons = new ArrayList<>();
    reasons.add("action " + action.name() + " asks for " + policy.levels().get(floor).acr());
    reasons.add(
        wish.factor() != null || !wish.kinds().isEmpty()
            ? "the caller chose " + factor.kind().wire()
            : factor.id().equals(account.preferred())
                ? "preferred " + factor.kind().wire()
                : "strongest usable factor is " + factor.kind().wire());
    return reasons;
  }
}
