package dev.stile.local;

import dev.stile.assurance.Action;
import dev.stile.assurance.Amr;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Question;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Passed;
import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a policy decides for one action and somebody with these factors: each challenge as it would
/// be opened, with its reasons, and the grant at the end; or why there is none.
final class PolicyExplanation {
  private static final int NONE = 1;
  private static final Instant NOW = Instant.EPOCH.plusSeconds(3600);

  private final Policy policy;
  private final List<Factor> factors;
  private final Wish wish;
  private final PrintStream out;

  PolicyExplanation(Policy policy, List<Factor> factors, Set<String> acrValues, PrintStream out) {
    this.policy = policy;
    this.factors = factors;
    this.wish = new Wish(null, Set.of(), acrValues);
    this.out = out;
  }

  /// The exit code: 0 where there is a grant.
  int of(String name) {
    Optional<Action> action = policy.action(name);
    if (action.isEmpty()) {
      boolean named = policy.actions().containsKey(name);
      out.println(
          "action " + name + ": denied, the policy " + (named ? "says so" : "does not know it"));
      return NONE;
    }
    if (!wish.acrValues().isEmpty()
        && wish.acrValues().stream().allMatch(acr -> policy.rankOf(acr) < 0)) {
      out.println("action " + name + ": denied, the policy knows none of these levels");
      return NONE;
    }
    out.println("action " + name);
    var question = new Question(policy, action.get(), new Account(true, null, 0, factors), NOW);
    return walk(question);
  }

  private int walk(Question question) {
    Chain chain = Chain.SINGLE;
    for (int number = 1; ; number++) {
      Optional<FactorChoice> choice = FactorChoice.make(question, wish, chain);
      if (choice.isEmpty()) {
        refused(question);
        return NONE;
      }
      FactorChoice made = choice.get();
      told(number, made);
      chain = made.decision().chain();
      var passed = new Passed(made.factor().id(), Amr.of(made.factor()), NOW);
      if (!chain.goesOn()) {
        granted(question.action(), made, chain.amr(passed));
        return 0;
      }
      chain = new Chain(chain.with(passed), 0, chain.floor());
    }
  }

  private void told(int number, FactorChoice choice) {
    List<Factor> others = new ArrayList<>(choice.companions());
    others.addAll(choice.alternatives());
    others.removeIf(other -> other.kind() == choice.factor().kind());
    String or = others.isEmpty() ? "" : " (or " + kinds(others) + ")";
    out.println("  challenge " + number + ": " + choice.factor().kind().wire() + or);
    choice.decision().reasons().forEach(reason -> out.println("    " + reason));
  }

  private void granted(Action action, FactorChoice last, List<String> amr) {
    Action.Terms terms = action.terms();
    String use =
        terms.singleUse()
            ? ", for one use"
            : terms.reusable() ? ", and spares further challenges" : "";
    out.printf(
        "  grant: acr %s, amr %s, for %d seconds%s%n",
        last.decision().acr(), String.join(" ", amr), terms.lifetime().toSeconds(), use);
  }

  private void refused(Question question) {
    out.println("  no grant with these factors");
    int floor = FactorChoice.floor(question, wish);
    if (floor >= 0) {
      out.println("    the action asks for " + policy.levels().get(floor).acr());
    }
    question.action().chain().stream()
        .map(PolicyExplanation::names)
        .reduce((one, other) -> one + ", then " + other)
        .ifPresent(steps -> out.println("    its chain takes " + steps));
    for (Factor factor : factors) {
      out.println(
          "    "
              + factor.kind().wire()
              + policy.acrOf(factor, NOW).map(acr -> " reaches " + acr).orElse(" reaches no level")
              + " alone");
    }
  }

  private static String names(Set<FactorKind> kinds) {
    return EnumSet.copyOf(kinds).stream().map(FactorKind::wire).collect(Collectors.joining(" or "));
  }

  private static String kinds(List<Factor> factors) {
    return factors.stream()
        .map(factor -> factor.kind().wire())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
