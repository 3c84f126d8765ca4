package dev.stile.local;

import dev.stile.assurance.Action;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.audit.Log;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.PolicyReader;
import dev.stile.guard.Consumption.Outcome;
import dev.stile.guard.Guard;
import dev.stile.lambda.authorizer.AuthorizerHandler;
import dev.stile.lambda.authorizer.AuthorizerSettings;
import dev.stile.lambda.authorizer.Requirements;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Requirement;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sets up the sample shop as somebody would beside Stile: an authorizer and a service with a
/// guard, each with a verifier of its own that fetches the published keys over HTTP.
record LocalShop(LocalAuthorizer authorizer, Shop service) {
  private static final String PATH = Shop.PAY.substring(Shop.PAY.indexOf(' ') + 1);

  static LocalShop beside(URI stile, PolicyReader.Document document, Clock clock, Log log) {
    var settings = new AuthorizerSettings(verifier(stile, document, clock), document, log);
    Guard guard = guard(stile, document, verifier(stile, document, clock));
    return new LocalShop(
        new LocalAuthorizer(new AuthorizerHandler(settings)),
        new Shop(new HttpEdge(clock, log), guard));
  }

  /// The audience that grants have by default.
  private static GrantVerifier verifier(URI stile, PolicyReader.Document document, Clock clock) {
    String audience = document.policy().parties().clients().getFirst().audiences().getFirst();
    return Grants.verifier(stile).audience(audience).clock(clock).build();
  }

  private static Guard guard(URI stile, PolicyReader.Document document, GrantVerifier verifier) {
    ProtectedRoute route = document.routes().match("POST", PATH).orElseThrow();
    Action action = Objects.requireNonNull(document.policy().actions().get(route.action()));
    Requirement requirement = Requirements.of(action, document.policy());
    Guard guard = Guard.of(verifier, requirement, URI.create(stile + "/v1/challenges"));
    if (!action.terms().singleUse()) {
      return guard;
    }
    Set<String> used = ConcurrentHashMap.newKeySet();
    return guard.once((token, grant) -> used.add(grant.id()) ? Outcome.CONSUMED : Outcome.USED);
  }
}
