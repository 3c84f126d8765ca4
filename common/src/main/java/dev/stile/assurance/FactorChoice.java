package dev.stile.assurance;

import dev.stile.assurance.Path.Way;
import dev.stile.challenge.Approval.Decision;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Passed;
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
/// can only raise. Where it takes several factors, the one that takes the fewest after it comes
/// first. Unless one was named, any passkey of the same level may answer for the chosen one: the
/// user's device offers those that are at hand.
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

  /// Empty if no usable factor of the account leads to what policy and wish ask for after those
  /// that have passed, or one of these is not there any more. `before` is the chain so far.
  public static Optional<FactorChoice> make(Question question, Wish wish, Chain before) {
    List<Proven> proven = proven(question.account(), before.passed());
    int floor = Math.max(floor(question, wish), rankOf(question, before.floor()));
    if (proven.size() < before.passed().size()) {
      return Optional.empty();
    }
    List<Way> admitted =
        new Path(question, floor)
            .after(proven).stream()
                .filter(way -> wish.kinds().isEmpty() || wish.kinds().contains(way.factor().kind()))
                .sorted(order(question))
                .toList();
    return admitted.stream()
        .filter(way -> wish.factor() == null || way.factor().id().equals(wish.factor()))
        .findFirst()
        .map(way -> choice(question, wish, admitted, chain(question, floor, before, way), way));
  }

  /// A level that the policy does not know any more is one that nothing reaches.
  private static int rankOf(Question question, @Nullable String acr) {
    if (acr == null) {
      return Policy.UNRANKED;
    }
    int rank = question.policy().rankOf(acr);
    return rank < 0 ? question.policy().levels().size() : rank;
  }

  private static FactorChoice choice(
      Question question, Wish wish, List<Way> admitted, Chain chain, Way chosen) {
    List<Way> others = new ArrayList<>(admitted);
    others.remove(chosen);
    List<Way> companions = others.stream().filter(companionOf(question, chosen, wish)).toList();
    others.removeAll(companions);
    List<Factor> alternatives = others.stream().map(Way::factor).toList();
    var decision =
        new Decision(
            acr(question, chosen).orElseThrow(),
            reasons(question, wish, chosen.factor(), chain),
            alternatives.stream().map(Factor::id).toList(),
            chain);
    return new FactorChoice(
        chosen.factor(), companions.stream().map(Way::factor).toList(), alternatives, decision);
  }

  private static List<Proven> proven(Account account, List<Passed> passed) {
    return passed.stream()
        .flatMap(p ->
            account
                .factor(p.factor())
                .filter(Factor::isUsable)
                .map(factor -> Proven.of(factor, p))
                .stream())
        .toList();
  }

  private static Chain chain(Question question, int floor, Chain before, Way way) {
    String acr = floor < 0 ? null : question.policy().levels().get(floor).acr();
    return new Chain(before.passed(), way.following(), acr);
  }

  private static Optional<String> acr(Question question, Way way) {
    return question.policy().acrOf(way.whole(), question.now());
  }

  /// The passkeys that lead where the chosen one does, unless it was named.
  private static Predicate<Way> companionOf(Question question, Way chosen, Wish wish) {
    Optional<String> acr = acr(question, chosen);
    return other ->
        wish.factor() == null
            && chosen.factor().kind() == FactorKind.WEBAUTHN
            && other.factor().kind() == FactorKind.WEBAUTHN
            && other.following() == chosen.following()
            && acr(question, other).equals(acr);
  }

  /// The level below which nothing is asked: the action's, raised by the caller's wish; for
  /// managing factors the highest that the account reaches.
  public static int floor(Question question, Wish wish) {
    Policy policy = question.policy();
    Action action = question.action();
    int floor = action.acr() == null ? Policy.UNRANKED : policy.rankOf(action.acr());
    if (action.name().equals(Action.MANAGE_FACTORS)) {
      floor = Math.max(floor, policy.highestRank(question.account(), question.now()));
    }
    int wished =
        wish.acrValues().stream()
            .mapToInt(policy::rankOf)
            .filter(rank -> rank >= 0)
            .min()
            .orElse(Policy.UNRANKED);
    return Math.max(floor, wished);
  }

  private static Comparator<Way> order(Question question) {
    Account account = question.account();
    Instant now = question.now();
    return Comparator.<Way>comparingInt(way -> way.factor().failures().admitsGuess(now) ? 0 : 1)
        .thenComparingInt(Way::following)
        .thenComparing(Way::factor, strongest(question.policy(), account, now));
  }

  private static Comparator<Factor> strongest(Policy policy, Account account, Instant now) {
    return Comparator.<Factor>comparingInt(f -> -policy.rank(f, now))
        .thenComparingInt(f -> f.id().equals(account.preferred()) ? 0 : 1)
        .thenComparing(Factor::kind)
        .thenComparing(FactorChoice::lastUsed, Comparator.reverseOrder())
        .thenComparing(f -> f.times().created());
  }

  private static Instant lastUsed(Factor factor) {
    Instant used = factor.times().lastUsed();
    return used == null ? Instant.EPOCH : used;
  }

  private static List<String> reasons(Question question, Wish wish, Factor factor, Chain chain) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        "action "
            + question.action().name()
            + demand(question, factor.isCapped(question.now()), chain));
    int place = chain.passed().size() + 1;
    int all = place + chain.following();
    if (all > 1) {
      reasons.add("factor %d of %d that have to pass".formatted(place, all));
    }
    reasons.add(reason(wish, question.account(), factor));
    return reasons;
  }

  private static String demand(Question question, boolean capped, Chain chain) {
    String floor = chain.floor();
    if (capped) {
      return " takes any level";
    }
    return " asks for " + (floor == null ? question.policy().levels().getFirst().acr() : floor);
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
