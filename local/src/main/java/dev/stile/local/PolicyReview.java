package dev.stile.local;

import dev.stile.assurance.Action;
import dev.stile.assurance.FactorChoice;
import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.assurance.Level;
import dev.stile.assurance.Level.Breadth;
import dev.stile.assurance.Level.Property;
import dev.stile.assurance.Policy;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.assurance.Question;
import dev.stile.challenge.Chain;
import dev.stile.edge.PolicyReader;
import dev.stile.factor.Account;
import dev.stile.factor.FactorKind;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is in order and yet without effect: rules that nothing ever meets. Its author most likely
/// meant something else.
final class PolicyReview {
  /// Somebody who has every factor that counts.
  private static final Account EVERYTHING =
      new Account(
          true,
          null,
          0,
          ImaginedFactors.of(
              "totp,sms,email,webauthn:hardware,webauthn:hardware,webauthn:hardware,"
                  + "webauthn:hardware"));

  private static final Action ANYTHING =
      new Action(
          "anything",
          false,
          null,
          EnumSet.allOf(FactorKind.class),
          new Action.Display(null, false),
          Duration.ofMinutes(5));

  private final PolicyReader.Document document;
  private final Policy policy;
  private final List<String> findings = new ArrayList<>();

  private PolicyReview(PolicyReader.Document document) {
    this.document = document;
    this.policy = document.policy();
  }

  static List<String> of(PolicyReader.Document document) {
    var review = new PolicyReview(document);
    review.levels();
    review.policy.actions().values().stream()
        .sorted(Comparator.comparing(Action::name))
        .forEach(review::action);
    review.routes();
    review.callers();
    return review.findings;
  }

  /// A grant names the highest level that its factors reach.
  private void levels() {
    List<Level> levels = policy.levels();
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      String where = "level " + level.acr() + ": ";
      if (!isReachable(level)) {
        say(where + "no factors reach it");
      } else if (isAlwaysExceeded(level, levels.subList(i + 1, levels.size()))) {
        say(where + "no grant ever names it, for its factors reach a higher one");
      } else if (level.asks(Property.HARDWARE) && !isAttestationAsked()) {
        say(where + "no passkey reaches it, for no client asks for attestation");
      }
    }
    boolean messages = policy.levels().stream().anyMatch(l -> l.factors().contains(FactorKind.SMS));
    if (messages && policy.countries().isEmpty()) {
      say("countries: SMS goes to none, so that no sms factor can be enrolled");
    }
  }

  /// By somebody who has every factor that there is.
  private boolean isReachable(Level level) {
    var alone = with(List.of(level), Map.of(ANYTHING.name(), ANYTHING));
    return isApproved(alone, ANYTHING);
  }

  private boolean isAlwaysExceeded(Level level, List<Level> higher) {
    return level.breadth().equals(Breadth.ONE)
        ? level.factors().stream().allMatch(kind -> isSureOfOneOf(kind, higher))
        : higher.stream().anyMatch(other -> exceeds(other, level));
  }

  /// Some passkeys verify their users, or are attested, and some are not.
  private static boolean isSureOfOneOf(FactorKind kind, List<Level> levels) {
    return levels.stream()
        .filter(level -> level.isOpenTo(kind))
        .anyMatch(level -> kind != FactorKind.WEBAUTHN || asksNothingOfPasskeys(level));
  }

  private static boolean asksNothingOfPasskeys(Level level) {
    return !level.asks(Property.USER_VERIFICATION) && !level.asks(Property.HARDWARE);
  }

  /// Whether whatever reaches the one reaches the other.
  private static boolean exceeds(Level other, Level level) {
    return other.factors().containsAll(level.factors())
        && level.properties().containsAll(other.properties())
        && other.breadth().factors() <= level.breadth().factors()
        && other.breadth().classes() <= level.breadth().classes();
  }

  private boolean isAttestationAsked() {
    return policy.parties().clients().stream()
        .flatMap(client -> client.forPasskeys().stream())
        .anyMatch(passkeys -> passkeys.attestation().conveyance() == Conveyance.DIRECT);
  }

  private void action(Action action) {
    String where = "action " + action.name() + ": ";
    if (action.denied()) {
      return;
    }
    Optional<FactorChoice> choice = choose(policy, action);
    if (choice.isEmpty()) {
      say(where + "none of its factors reaches its level, so that nobody can approve it");
    } else if (action.chain().isEmpty()) {
      kinds(action, where, choice.get());
    } else {
      steps(action, where);
    }
    @Nullable Duration maxAge = action.terms().maxAge();
    if (maxAge != null && maxAge.compareTo(action.terms().lifetime()) >= 0) {
      say(where + "max_age is never reached, for its grants are over before");
    }
  }

  private void kinds(Action action, String where, FactorChoice choice) {
    boolean listed = action.factors().size() < FactorKind.values().length;
    Set<FactorKind> admitted = EnumSet.of(choice.factor().kind());
    choice.companions().forEach(factor -> admitted.add(factor.kind()));
    choice.alternatives().forEach(factor -> admitted.add(factor.kind()));
    for (FactorKind kind : EnumSet.copyOf(action.factors())) {
      if (listed && !admitted.contains(kind)) {
        say(where + kind.wire() + " counts for nothing, for it does not reach " + action.acr());
      }
    }
  }

  /// Each kind of each step, as if it were the only one.
  private void steps(Action action, String where) {
    for (int i = 0; i < action.chain().size(); i++) {
      Set<FactorKind> step = action.chain().get(i);
      for (FactorKind kind : EnumSet.copyOf(step)) {
        List<Set<FactorKind>> narrowed = new ArrayList<>(action.chain());
        narrowed.set(i, Set.of(kind));
        if (step.size() > 1 && !isApproved(policy, chained(action, narrowed))) {
          say(where + kind.wire() + " in step " + (i + 1) + " leads nowhere");
        }
      }
    }
  }

  private static Action chained(Action action, List<Set<FactorKind>> chain) {
    return new Action(
        action.name(),
        false,
        action.acr(),
        action.factors(),
        chain,
        action.display(),
        action.terms());
  }

  private Policy with(List<Level> levels, Map<String, Action> actions) {
    return new Policy(
        policy.tenant(),
        policy.parties(),
        levels,
        actions,
        policy.countries(),
        policy.limits(),
        policy.templates());
  }

  private static boolean isApproved(Policy policy, Action action) {
    return choose(policy, action).isPresent();
  }

  private static Optional<FactorChoice> choose(Policy policy, Action action) {
    var question = new Question(policy, action, EVERYTHING, Instant.EPOCH);
    return FactorChoice.make(question, Wish.NONE, Chain.SINGLE);
  }

  private void routes() {
    for (ProtectedRoute route : document.routes().all()) {
      if (policy.action(route.action()).isEmpty()) {
        say("route " + route.key() + ": always denied, as its action " + route.action() + " is");
      }
    }
  }

  private void callers() {
    if (policy.parties().issuers().isEmpty()) {
      say("issuers: without one nobody can call with an access token");
    }
    if (policy.parties().clients().isEmpty()) {
      say("clients: without one nobody can call");
    }
  }

  private void say(String finding) {
    findings.add(finding);
  }
}
