package dev.stile.lambda.authorizer;

import dev.stile.assurance.Policy;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.assurance.ProtectedRoutes;
import dev.stile.edge.AuthorizerEvent;
import dev.stile.edge.AuthorizerEvent.Form;
import dev.stile.edge.AuthorizerEvent.Target;
import dev.stile.edge.PolicyReader;
import dev.stile.lambda.authorizer.Decision.Denied;
import dev.stile.lambda.authorizer.Decision.Granted;
import dev.stile.lambda.authorizer.Decision.LeftToTheGuard;
import dev.stile.lambda.authorizer.Decision.StepUp;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.Judgement.Unavailable;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerifiedGrant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides by route and grant. A route that the policy does not have is denied, whatever comes with
/// the request.
final class Authorizer {
  /// Of a token that a step-up would better: one of the primary login, and a grant that was good
  /// until it expired. Everything else that is refused is broken or forged.
  private static final Set<Reason> BETTERED_BY_A_STEP_UP = Set.of(Reason.TYPE, Reason.EXPIRED);

  private final GrantVerifier verifier;
  private final ProtectedRoutes routes;
  private final Map<ProtectedRoute, Requirement> requirements = new HashMap<>();

  Authorizer(GrantVerifier verifier, PolicyReader.Document document) {
    this.verifier = verifier;
    this.routes = document.routes();
    Policy policy = document.policy();
    routes
        .all()
        .forEach(route ->
            policy
                .action(route.action())
                .map(action -> Requirements.of(action, policy))
                // Where nobody behind the gateway compares the details, there must be none.
                .map(needed -> route.guarded() ? needed.anyBinding() : needed)
                .ifPresent(needed -> requirements.put(route, needed)));
  }

  Decision decide(AuthorizerEvent event) {
    Target target = event.target();
    Optional<ProtectedRoute> route =
        routes
            .match(target.method(), target.path())
            .filter(r -> target.template() == null || r.isServedUnder(target.template()));
    if (route.isEmpty()) {
      return new Denied("route");
    }
    Requirement needed = requirements.get(route.get());
    if (needed == null) {
      return new Denied("action");
    }
    Decision stepUp =
        event.form() == Form.HTTP_API && route.get().guarded()
            ? new LeftToTheGuard()
            : new StepUp(needed);
    Optional<String> authorization = event.onlyAuthorization();
    return authorization
        .flatMap(Grants::bearer)
        .map(token -> verifier.judge(token, needed))
        .or(() -> bound(authorization, route.get(), needed))
        .map(judgement -> decide(judgement, stepUp))
        .orElseGet(() -> new Denied("authorization"));
  }

  /// A grant that is bound to a key: whether its sender holds the key only a guard can say, which
  /// remembers the proofs that it has seen.
  private Optional<Judgement> bound(
      Optional<String> authorization, ProtectedRoute route, Requirement needed) {
    return authorization
        .filter(any -> route.guarded())
        .flatMap(Grants::dpop)
        .map(token -> verifier.judgeUnproven(token, needed));
  }

  private static Decision decide(Judgement judgement, Decision stepUp) {
    return switch (judgement) {
      case Accepted(VerifiedGrant grant) -> new Granted(grant);
      case Insufficient insufficient -> stepUp;
      case Refused(Reason reason) ->
          BETTERED_BY_A_STEP_UP.contains(reason)
              ? stepUp
              : new Denied(reason.name().toLowerCase(Locale.ROOT));
      case Unavailable unavailable -> new Denied("keys");
    };
  }
}
