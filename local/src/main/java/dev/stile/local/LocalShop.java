package dev.stile.local;

import dev.stile.assurance.Action;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.audit.Log;
import dev.stile.edge.HttpEdge;
import dev.stile.edge.PolicyReader.Document;
import dev.stile.guard.Guard;
import dev.stile.guard.HttpConsumption;
import dev.stile.lambda.authorizer.AuthorizerHandler;
import dev.stile.lambda.authorizer.AuthorizerSettings;
import dev.stile.lambda.authorizer.Requirements;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Requirement;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/// Sets up the sample shop as somebody would beside Stile: an authorizer and a service with a
/// guard, each with a verifier of its own that fetches the published keys over HTTP. Grants are
/// used up over HTTP too, signed with the back end's role of development.
record LocalShop(LocalAuthorizer authorizer, Shop service) {
  /// For machines that are busy with everything else.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String PATH = Shop.PAY.substring(Shop.PAY.indexOf(' ') + 1);

  static LocalShop beside(URI stile, Supplier<Document> policy, Clock clock, Log log) {
    var authorizer =
        new Following<>(
            policy,
            document ->
                new AuthorizerHandler(
                    new AuthorizerSettings(verifier(stile, document, clock), document, log)));
    var guard =
        new Following<>(
            policy, document -> guard(stile, document, verifier(stile, document, clock)));
    return new LocalShop(
        new LocalAuthorizer(authorizer),
        new Shop(new HttpEdge(clock, log), guard, URI.create(stile + PATH)));
  }

  /// The audience that grants have by default.
  private static GrantVerifier verifier(URI stile, Document document, Clock clock) {
    String audience = document.policy().parties().clients().getFirst().audiences().getFirst();
    return Grants.verifier(stile).audience(audience).clock(clock).build();
  }

  private static Guard guard(URI stile, Document document, GrantVerifier verifier) {
    ProtectedRoute route = document.routes().match("POST", PATH).orElseThrow();
    Action action = Objects.requireNonNull(document.policy().actions().get(route.action()));
    Requirement requirement = Requirements.of(action, document.policy());
    Guard guard = Guard.of(verifier, requirement, URI.create(stile + "/v1/challenges"));
    if (!action.terms().singleUse()) {
      return guard;
    }
    return guard.once(new HttpConsumption(stile, new DevelopmentRole(), PATIENCE));
  }
}
