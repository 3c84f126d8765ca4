package dev.stile.model;

import dev.stile.factor.FactorKind;
import dev.stile.model.ModelChain.Link;
import dev.stile.model.Operations.Goal;
import dev.stile.model.Operations.Rules;
import dev.stile.model.Operations.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of the model that the policy has a say in: chains, and the grants at their ends. A
/// level is told from the factors that were answered right, and from nothing else.
final class ModelAsking {
  private static final String REFUSED = "not to go on with";
  private static final String NO_FACTOR = "no factor";

  private final Model model;
  private final Map<String, ModelChain> nexts = new HashMap<>();
  private final Map<String, ModelChain> grants = new HashMap<>();
  private Rules rules = Rules.LENIENT;

  ModelAsking(Model model) {
    this.model = model;
  }

  void govern(Rules changed) {
    rules = changed;
  }

  String ask(String challenge, String factor, Who who, Goal goal, @Nullable String after) {
    ModelChain before = after == null ? null : nexts.get(after);
    if (after != null && (before == null || before.owner != who || before.isOver(model.now()))) {
      return REFUSED;
    }
    if (before != null && before.deed != goal.deed()) {
      return "another";
    }
    ModelRules asked = ModelRules.of(rules, goal.deed());
    if (before != null
        && (!before.passed.stream().allMatch(l -> usable(l.factor()).isPresent())
            || isStale(before.since(), asked.maxAge()))) {
      return REFUSED;
    }
    int floor = Math.max(asked.floor(), ModelRules.rank(goal.acr()));
    if (before != null) {
      floor = Math.max(floor, before.floor);
    }
    List<Link> passed = before == null ? List.of() : before.passed;
    Optional<ModelFactor> candidate = usable(factor);
    if (candidate.isEmpty()) {
      return NO_FACTOR;
    }
    OptionalInt following =
        asked.following(
            passed.stream().map(Link::kind).toList(), candidate.get().kind, kinds(), floor);
    if (following.isEmpty()) {
      return NO_FACTOR;
    }
    String opened = model.openUnless(before != null && before.used, challenge, factor, who);
    if (!opened.equals("opened")) {
      return opened;
    }
    if (before != null) {
      before.used = true;
    }
    var chain = new ModelChain(who, goal.deed(), floor, passed, following.getAsInt());
    model.challenge(challenge).orElseThrow().chain = chain;
    Link last = new Link(factor, candidate.get().kind, model.now());
    return chain.following > 0
        ? "asked, with " + chain.following + " to follow"
        : "asked for " + ModelRules.LEVELS.get(chain.answered(last).level());
  }

  private Optional<ModelFactor> usable(String label) {
    return model.factor(label).filter(f -> f.active && !f.disabled());
  }

  private Set<FactorKind> kinds() {
    return model.usableKinds();
  }

  private boolean isStale(Instant since, @Nullable Duration maxAge) {
    return maxAge != null && since.plus(maxAge).isBefore(model.now());
  }

  /// What a right answer leads to.
  String led(String challenge, ModelChain chain, String factor, FactorKind kind) {
    ModelChain led = chain.answered(new Link(factor, kind, model.now()));
    if (chain.following > 0) {
      nexts.put(challenge, led);
      return "next";
    }
    grants.put(challenge, led);
    return led.told();
  }

  String reuse(String grant, Who who, Goal goal, Duration maxAge) {
    ModelRules asked = ModelRules.of(rules, goal.deed());
    ModelChain given = grants.get(grant);
    boolean good =
        given != null
            && asked.reusable()
            && given.owner == who
            && given.deed == goal.deed()
            && !given.used
            && !given.isOver(model.now())
            && given.level() >= Math.max(asked.floor(), ModelRules.rank(goal.acr()))
            && !isStale(given.since(), asked.maxAge())
            && !isStale(given.since(), maxAge);
    return good ? "satisfied" : "not satisfied";
  }

  String spend(String grant) {
    ModelChain given = grants.get(grant);
    if (given == null) {
      return "none";
    }
    String outcome = given.used ? "USED" : "CONSUMED";
    given.used = true;
    return outcome;
  }
}
