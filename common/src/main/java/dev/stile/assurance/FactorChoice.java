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
import java.util.function.Predicate;
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
    int floor = floor(policy, action, account, wish, now);
    List<Factor> admitted =
        account.usable().stream()
            .filter(f -> policy.acrOf(f, now).isPresent() && policy.rank(f, now) >= floor)
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
      List<Factor> companions =
          others.stream().filter(companionOf(policy, factor, wish, now)).toList();
      others.removeAll(companions);
      String acr = policy.acrOf(factor, now).orElseThrow();
      List<String> reasons = new ArrayList<>();
      reasons.add("action " + action.name() + demand(policy, floor, factor.isCapped(now)));
      reasons.add(reason(wish, account, factor));
      return new FactorChoice(
          factor,
          companions,
          others,
          new Decision(acr, reasons, others.stream().map(Factor::id).toList()));
    });
  }

  /// The passkeys that reach what the chosen one does, unless it was named.
  private static Predicate<Factor> companionOf(
      Policy policy, Factor chosen, Wish wish, Instant now) {
    Optional<String> acr = policy.acrOf(chosen, now);
    return other ->
        wish.factor() == null
            && chosen.kind() == FactorKind.WEBAUTHN
            && other.kind() == FactorKind.WEBAUTHN
            && policy.acrOf(other, now).equals(acr);
  }

  /// The level below which nothing is asked: the action's, raised by the caller's wish; for
  /// managing factors the highest that the account reaches.
  private static int floor(Policy policy, Action action, Account account, Wish wish, Instant now) {
    int floor = action.acr() == null ? Policy.UNRANKED : policy.rankOf(action.acr());
    if (action.name().equals(Action.MANAGE_FACTORS)) {
      floor = Math.max(floor, policy.highestRank(account, now));
    }
    int wished =
        wish.acrValues().stream()
            .mapToInt(policy::rankOf)
            .filter(rank -> rank >= 0)
            .min()
            .orElse(Policy.UNRANKED);
    return Math.max(floor, wished);
  }

  private static Comparator<Factor> order(Policy policy, Account account, Instant now) {
    return Comparator.<Factor>comparingInt(f -> f.failures().admitsGuess(now) ? 0 : 1)
        .thenComparingInt(f -> -policy.rank(f, now))
        .thenComparingInt(f -> f.id().equals(account.preferred()) ? 0 : 1)
        .thenComparing(Factor::kind)
        .thenComparing(FactorChoice::lastUsed, Comparator.reverseOrder())
        .thenComparing(f -> f.times().created());
  }

  private static Instant lastUsed(Factor factor) {
    Instant used = factor.times().lastUsed();
    return used == null ? Instant.EPOCH : used;
  }

  private static String demand(Policy policy, int floor, boolean capped) {
    return capped
        ? " takes any level"
        : " asks for " + policy.levels().get(Math.max(0, floor)).acr();
  }

  private static String reason(Wish wish, Account account, Factor factor) {
    String kind = factor.kind().wire();
    if (wish.factor() != null || !wish.kinds().isEmpty()) {
      return "the caller chose " + kind;
    }
    return factor.id().equals(account.preferred())
        ? "preferred " + kind
        : "strongest usable factor is " + kind;
  }
}
