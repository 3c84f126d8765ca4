package dev.stile.local;

import dev.stile.assurance.Action;
import dev.stile.assurance.Level;
import dev.stile.assurance.Policy;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.edge.PolicyReader;
import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is in order and yet without effect: rules that nothing ever meets. Its author most likely
/// meant something else.
final class PolicyReview {
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

  /// A grant names the highest level that its factor reaches.
  private void levels() {
    List<Level> levels = policy.levels();
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      List<Level> higher = levels.subList(i + 1, levels.size());
      if (level.factors().stream().allMatch(kind -> isSureOfOneOf(kind, higher))) {
        say(
            "level "
                + level.acr()
                + ": no grant ever names it, for its factors reach a higher one");
      }
    }
    boolean messages = policy.levels().stream().anyMatch(l -> l.factors().contains(FactorKind.SMS));
    if (messages && policy.countries().isEmpty()) {
      say("countries: SMS goes to none, so that no sms factor can be enrolled");
    }
  }

  /// Some passkeys verify their users and some do not.
  private static boolean isSureOfOneOf(FactorKind kind, List<Level> levels) {
    return levels.stream()
        .filter(level -> level.factors().contains(kind))
        .anyMatch(
            level -> kind != FactorKind.WEBAUTHN || !level.asks(Level.Property.USER_VERIFICATION));
  }

  private void action(Action action) {
    String where = "action " + action.name() + ": ";
    if (action.denied()) {
      return;
    }
    @Nullable String acr = action.acr();
    int floor = acr == null ? 0 : policy.rankOf(acr);
    for (FactorKind kind : FactorKind.values()) {
      boolean listed = action.factors().size() < FactorKind.values().length;
      if (listed && action.factors().contains(kind) && policy.rank(kind) < floor) {
        say(where + kind.wire() + " counts for nothing, for it does not reach " + acr);
      }
    }
    if (action.factors().stream().noneMatch(kind -> policy.rank(kind) >= floor)) {
      say(where + "none of its factors reaches its level, so that nobody can approve it");
    }
    @Nullable Duration maxAge = action.terms().maxAge();
    if (maxAge != null && maxAge.compareTo(action.terms().lifetime()) >= 0) {
      say(where + "max_age is never reached, for its grants are over before");
    }
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
