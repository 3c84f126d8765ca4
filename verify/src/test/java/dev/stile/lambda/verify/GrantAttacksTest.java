package dev.stile.lambda.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.edge.Callers;
import dev.stile.edge.Request;
import dev.stile.edge.Response;
import dev.stile.edge.Router;
import dev.stile.factor.FactorKind;
import dev.stile.memory.InMemoryEndedGrants;
import dev.stile.memory.InMemoryStore;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import dev.stile.token.PublishedKey;
import dev.stile.vendor.jose.VerifierGrants;
import dev.stile.verifier.Attack;
import dev.stile.verifier.BindingHash;
import dev.stile.verifier.Forge;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every attack on the verifier, thrown at the routes where Stile itself is asked about a grant.
@Tag("R21")
@Tag("R22")
@Tag("A20")
@Tag("A21")
@Tag("A22")
@Tag("A23")
class GrantAttacksTest {
  private static final Forge FORGE = new Forge();
  private static final List<Attack> ATTACKS = Attack.all(FORGE);
  private static final Subject ALICE = new Subject(new Tenant("acme"), "alice");
  private static final int EPOCH = 3;
  static final String UNBOUND = BindingHash.of(Map.of()).value();

  private final InMemoryEndedGrants ended = new InMemoryEndedGrants(new InMemoryStore());
  private final Router routes = routes();

  /// What the forge's grants say of their user holds: nothing but the attack is in the way.
  private Router routes() {
    for (int i = 0; i < EPOCH; i++) {
      ended.revokeAll(ALICE);
    }
    Clock clock = Clock.fixed(FORGE.now(), ZoneOffset.UTC);
    var grants =
        new VerifierGrants(
            URI.create("https://stile.example"),
            () -> Set.of("payments"),
            () ->
                FORGE.publicKeys().entrySet().stream()
                    .map(key -> new PublishedKey(key.getKey(), "ES256", key.getValue()))
                    .toList());
    return new GrantsHttp(
            new Callers(GrantAttacksTest::policy),
            new OwnGrants(grants, GrantAttacksTest::policy, clock),
            ended)
        .router();
  }

  static Policy policy() {
    Set<FactorKind> all = EnumSet.allOf(FactorKind.class);
    var window = new Window(10, Duration.ofHours(1));
    return new Policy(
        ALICE.tenant(),
        new Policy.Parties(
            "Acme",
            List.of(new TrustedIssuer("https://idp.example", "")),
            List.of(new Client("shop", List.of("shop"), List.of("payments"), "localhost", "en"))),
        List.of(new Level("aal2", all)),
        Map.of(
            "transfer",
            new Action(
                "transfer",
                false,
                null,
                all,
                new Action.Display(null, false),
                Duration.ofMinutes(5))),
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), window, window, window), window, window));
  }

  private Response ask(String route, String body) {
    var jwt = new RequestContext.Authorizer.JWT();
    jwt.setClaims(Map.of("iss", "https://idp.example", "sub", "alice", "client_id", "shop"));
    var authorizer = new RequestContext.Authorizer();
    authorizer.setJwt(jwt);
    var context = new RequestContext();
    context.setAuthorizer(authorizer);
    var event = new APIGatewayV2HTTPEvent();
    event.setRouteKey(route);
    event.setRequestContext(context);
    event.setBody(body);
    return routes.apply(new Request(event));
  }

  private Response consume(String token) {
    String quoted = token.replace("\\", "\\\\").replace("\"", "\\\"");
    return ask(
        "POST /v1/grants/consume",
        "{\"token\":\"%s\",\"action\":\"transfer\",\"binding_hash\":\"%s\"}"
            .formatted(quoted, UNBOUND));
  }

  private Response form(String route, String token) {
    return ask(route, "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }

  private String introspect(String token) {
    return form("POST /oauth/introspect", token).body();
  }

  @Test
  void consumesNoneOfThem() {
    assertThat(ATTACKS).hasSizeGreaterThanOrEqualTo(400);
    assertThat(ATTACKS)
        .allSatisfy(attack ->
            assertThat(refusal(() -> consume(attack.token())))
                .isIn(ProblemCode.NOT_FOUND, ProblemCode.INVALID_REQUEST));
    assertThat(consume(FORGE.genuine()).status()).isEqualTo(200);
    assertThat(refusal(() -> consume(FORGE.genuine()))).isEqualTo(ProblemCode.GRANT_CONSUMED);
  }

  @Test
  void findsNoneOfThemActive() {
    assertThat(introspect(FORGE.genuine())).contains("\"active\":true");
    assertThat(sendable())
        .allSatisfy(
            attack -> assertThat(introspect(attack.token())).isEqualTo("{\"active\":false}"));
  }

  @Test
  void revokesNothingByThem() {
    sendable().forEach(attack -> form("POST /oauth/revoke", attack.token()));
    assertThat(introspect(FORGE.genuine())).contains("\"active\":true");
    form("POST /oauth/revoke", FORGE.genuine());
    assertThat(introspect(FORGE.genuine())).isEqualTo("{\"active\":false}");
  }

  /// Those that fit into a request: an empty parameter is none, and 16 KiB are too many.
  private static List<Attack> sendable() {
    List<Attack> sendable =
        ATTACKS.stream()
            .filter(attack -> !attack.token().isEmpty() && attack.token().length() < 16_000)
            .toList();
    assertThat(sendable).hasSizeGreaterThanOrEqualTo(400);
    return sendable;
  }

  private static ProblemCode refusal(ThrowingCallable call) {
    return ((ProblemException) catchThrowable(call)).problem().code();
  }
}
