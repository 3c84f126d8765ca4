package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.stile.assurance.Action;
import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Capability;
import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.Role;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.factor.FactorKind;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Caller;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import dev.stile.token.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R26")
class CallersTest {
  private static final Tenant ACME = new Tenant("acme");
  private static final Map<String, String> CLAIMS =
      Map.of(
          "iss", "https://idp.example",
          "sub", "ann",
          "client_id", "spa",
          "sid", "s-1",
          "auth_time", "1782907200");

  private final Callers callers = new Callers(CallersTest::policy);

  @Test
  void readsThePrincipalFromTheClaims() {
    Caller caller = caller(CLAIMS);
    assertThat(caller.principal())
        .isEqualTo(new Principal(Door.SELF_SERVICE, "console", new Subject(ACME, "ann"), "s-1"));
    assertThat(caller.subject()).isEqualTo(new Subject(ACME, "ann"));
    assertThat(caller.authTime()).isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(caller.sourceAddress()).isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "client_id"})
  void letsNobodyInWithoutAClaimThatNamesThem(String claim) {
    assertUnauthenticated(without(claim));
    assertUnauthenticated(with(claim, ""));
    assertUnauthenticated(with(claim, " "));
    assertUnauthenticated(with(claim, "\t"));
  }

  @ParameterizedTest
  @CsvSource({
    "iss, https://idp.example/",
    "iss, HTTPS://idp.example",
    "iss, https://evil.example",
    "client_id, console",
    "client_id, SPA",
    "client_id, unknown"
  })
  void letsNobodyInByAnotherName(String claim, String value) {
    assertUnauthenticated(with(claim, value));
  }

  @Test
  void letsNobodyInWithoutClaims() {
    assertUnauthenticated(Map.of());
    var event = Events.with(CLAIMS, Map.of());
    event.getRequestContext().setAuthorizer(null);
    assertThat(Problems.of(() -> callers.of(new Request(event))).code())
        .isEqualTo(ProblemCode.UNAUTHENTICATED);
  }

  @Test
  void refusesSubjectsThatCannotBeKept() {
    assertUnauthenticated(with("sub", "a\nb"));
    assertUnauthenticated(with("sub", "a".repeat(257)));
    assertUnauthenticated(with("sub", "a\ud800"));
  }

  @Test
  void takesTheAuthorizedPartyWhereNoClientIsNamed() {
    Map<String, String> claims = without("client_id");
    claims.put("azp", "spa");
    assertThat(caller(claims).principal().client()).isEqualTo("console");
    claims.put("client_id", "unknown");
    assertUnauthenticated(claims);
  }

  @Test
  void putsSubjectsIntoTheNamespaceOfTheirIssuer() {
    assertThat(caller(with("iss", "https://corp.example")).subject().id()).isEqualTo("corp|ann");
    assertThat(caller(CLAIMS).subject().id()).isEqualTo("ann");
    assertThat(caller(with("sub", "auth0|ann")).subject().id()).isEqualTo("auth0|ann");
  }

  /// The issuer without a namespace must not name those of another.
  @Test
  void letsNoIssuerNameTheUsersOfAnother() {
    assertUnauthenticated(with("sub", "corp|ann"));
    assertUnauthenticated(with("sub", "corp|"));
    assertThat(caller(with("sub", "corp")).subject().id()).isEqualTo("corp");
    assertThat(caller(with("sub", "corporate|ann")).subject().id()).isEqualTo("corporate|ann");
    Map<String, String> twice = with("sub", "corp|ann");
    twice.put("iss", "https://corp.example");
    assertThat(caller(twice).subject().id()).isEqualTo("corp|corp|ann");
    assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuer("https://a", "a|b"));
  }

  @Test
  void hasNoSessionWhereTheTokenNamesNone() {
    assertThat(caller(without("sid")).principal().session()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "1782907200.5", "1e9", "99999999999999999999", " 1782907200"})
  void hasNoLoginTimeWhereTheClaimIsNoNumber(String value) {
    assertThat(caller(with("auth_time", value)).authTime()).isNull();
  }

  @Test
  void hasNoLoginTimeWhereThereIsNoMomentForIt() {
    assertThat(caller(without("auth_time")).authTime()).isNull();
    assertThat(caller(with("auth_time", "9223372036854775807")).authTime()).isNull();
    assertThat(caller(with("auth_time", "-9223372036854775808")).authTime()).isNull();
  }

  /// R26: whatever headers say, identity and address are the gateway's.
  @Test
  void believesNoHeader() {
    Map<String, String> spoofed = new HashMap<>();
    for (String header :
        List.of(
            "x-forwarded-for",
            "x-real-ip",
            "forwarded",
            "true-client-ip",
            "cf-connecting-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-original-forwarded-for")) {
      spoofed.put(header, "198.51.100.1");
    }
    for (String header :
        List.of(
            "sub",
            "x-user",
            "x-sub",
            "x-user-id",
            "x-remote-user",
            "client_id",
            "iss",
            "sid",
            "auth_time",
            "x-amzn-oidc-identity",
            "x-amzn-oidc-data")) {
      spoofed.put(header, "eve");
    }
    spoofed.put("authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmUifQ.");
    assertThat(callers.of(new Request(Events.with(CLAIMS, spoofed)))).isEqualTo(caller(CLAIMS));
    assertThat(Problems.of(() -> callers.of(new Request(Events.with(Map.of(), spoofed)))).code())
        .isEqualTo(ProblemCode.UNAUTHENTICATED);
  }

  @Nested
  class ABackEnd {
    private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/Login/i-0abc";

    @Test
    void isTheClientOfItsRoleAndActsForTheUserInThePath() {
      Caller caller = signed(SESSION, "ann");
      assertThat(caller.principal())
          .isEqualTo(new Principal(Door.BACK_END, "back", new Subject(ACME, "corp|ann"), null));
      assertThat(caller.authTime()).isNull();
      assertThat(caller.sourceAddress()).isEqualTo("203.0.113.7");
      assertThat(signed("arn:aws:iam::123456789012:role/team/Login", "ann")).isEqualTo(caller);
    }

    @Test
    void isTheSameSubjectAsTheUserOfItsIssuer() {
      assertThat(signed(SESSION, "ann").subject())
          .isEqualTo(caller(with("iss", "https://corp.example")).subject());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "arn:aws:sts::123456789012:assumed-role/Other/i-0abc",
          "arn:aws:sts::210987654321:assumed-role/Login/i-0abc",
          "arn:aws-cn:sts::123456789012:assumed-role/Login/i-0abc",
          "arn:aws:sts::123456789012:assumed-role/login/i-0abc",
          "arn:aws:sts::123456789012:assumed-role/Login",
          "arn:aws:sts::123456789012:assumed-role/Login/a/b",
          "arn:aws:sts::123456789012:federated-user/Login",
          "arn:aws:iam::123456789012:user/Login",
          "arn:aws:iam::123456789012:root",
          "Login",
          ""
        })
    void isUnknownByAnotherName(String arn) {
      assertThat(Problems.of(() -> signed(arn, "ann")).code()).isEqualTo(ProblemCode.POLICY_DENIED);
    }

    @Test
    void needsOneOfTheCapabilities() {
      var event = event(SESSION, "ann");
      assertThat(Problems.of(() -> callers.of(new Request(event), Capability.MANAGE)).code())
          .isEqualTo(ProblemCode.POLICY_DENIED);
      assertThat(callers.of(new Request(event), Capability.MANAGE, Capability.FIRST_FACTOR))
          .isNotNull();
    }

    @Test
    void findsNobodyByANameThatCannotBeKept() {
      for (String id : List.of("", "a\nb", "a".repeat(257))) {
        assertThat(Problems.of(() -> signed(SESSION, id)).code()).isEqualTo(ProblemCode.NOT_FOUND);
      }
    }

    /// R26: one proof is none at the other door.
    @Test
    void isToldFromAUserByTheRouteAlone() {
      var event = event(SESSION, "ann");
      event.setRouteKey("GET /v1/factors");
      assertThat(Problems.of(() -> callers.of(new Request(event))).code())
          .isEqualTo(ProblemCode.UNAUTHENTICATED);
      var token = Events.with(CLAIMS, Map.of());
      token.setRouteKey("GET /v1/users/{user_id}/factors");
      token.setPathParameters(Map.of("user_id", "ann"));
      assertThat(Problems.of(() -> callers.of(new Request(token))).code())
          .isEqualTo(ProblemCode.UNAUTHENTICATED);
    }

    private Caller signed(String arn, String user) {
      return callers.of(new Request(event(arn, user)));
    }

    private static APIGatewayV2HTTPEvent event(String arn, String user) {
      var event = Events.with(Map.of(), Map.of("user_id", "eve", "x-user-id", "eve"));
      var iam = new RequestContext.IAM();
      iam.setUserArn(arn);
      var authorizer = new RequestContext.Authorizer();
      authorizer.setIam(iam);
      event.getRequestContext().setAuthorizer(authorizer);
      event.setRouteKey("GET /v1/users/{user_id}/factors");
      event.setPathParameters(Map.of("user_id", user));
      return event;
    }
  }

  private Caller caller(Map<String, String> claims) {
    return callers.of(new Request(Events.with(claims, Map.of())));
  }

  private void assertUnauthenticated(Map<String, String> claims) {
    assertThat(Problems.of(() -> caller(claims)).code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
  }

  private static Map<String, String> with(String claim, String value) {
    Map<String, String> claims = new HashMap<>(CLAIMS);
    claims.put(claim, value);
    return claims;
  }

  private static Map<String, String> without(String claim) {
    Map<String, String> claims = new HashMap<>(CLAIMS);
    claims.remove(claim);
    return claims;
  }

  private static Policy policy() {
    var window = new Window(1, Duration.ofMinutes(1));
    Map<String, Action> none = Map.of();
    return new Policy(
        ACME,
        new Policy.Parties(
            "Acme",
            List.of(
                new TrustedIssuer("https://idp.example", ""),
                new TrustedIssuer("https://corp.example", "corp")),
            List.of(
                new Client("console", List.of("spa"), List.of("stile"), "acme.example", "en"),
                new Client(
                    "back",
                    List.of(),
                    List.of("stile"),
                    "acme.example",
                    "en",
                    null,
                    new BackEnd(
                        Set.of(new Role("arn:aws:iam::123456789012:role/services/Login")),
                        Set.of(Capability.CHALLENGE, Capability.FIRST_FACTOR),
                        "https://corp.example",
                        false),
                    SigningAlgorithm.ES256))),
        List.of(new Level("aal1", EnumSet.allOf(FactorKind.class))),
        none,
        Set.of(),
        new Limits(
            new SendLimits(Duration.ZERO, List.of(), window, window, window), window, window));
  }
}
