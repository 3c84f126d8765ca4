package dev.stile.lambda.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.stile.assurance.LoginRefusal;
import dev.stile.assurance.Policy;
import dev.stile.edge.Callers;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.Request;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Caller;
import dev.stile.verifier.AccessTokenVerifier;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.LoginIssuer;
import dev.stile.verifier.TokenJudgement.Outage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// Access tokens of each provider, from the gateway's question to the caller that the functions
/// behind the door know.
@Tag("R26")
class LoginAuthorizerTest {
  private static final Instant ISSUED = Instant.parse("2026-11-22T08:00:00Z");
  private static final Policy POLICY = policy();

  private final List<Map<String, Object>> log = new ArrayList<>();
  private final LoginAuthorizerHandler handler = new LoginAuthorizerHandler(settings());

  private static Policy policy() {
    try (InputStream in = LoginAuthorizerTest.class.getResourceAsStream("login-policy.json")) {
      return PolicyReader.read(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoginSettings settings() {
    List<LoginIssuer> issuers =
        LoginSettings.issuers(POLICY).stream()
            .map(issuer -> issuer.keys(RecordedToken.keys()))
            .toList();
    Clock clock = Clock.fixed(ISSUED.plus(Duration.ofMinutes(1)), ZoneOffset.UTC);
    return new LoginSettings(AccessTokenVerifier.of(issuers, clock), POLICY, log::add);
  }

  /// What the authorizer told, as the function behind the route gets it.
  private Caller caller(String authorization) {
    Answer answer = Answer.of(handler, Kind.HTTP_API.event("GET", "/v1/factors", authorization));
    assertThat(answer.passes()).isTrue();
    var authorizer = new RequestContext.Authorizer();
    authorizer.setLambda(new HashMap<>(answer.context()));
    var http = new RequestContext.Http();
    http.setSourceIp("203.0.113.7");
    var context = new RequestContext();
    context.setAuthorizer(authorizer);
    context.setHttp(http);
    var event = new APIGatewayV2HTTPEvent();
    event.setRouteKey("GET /v1/factors");
    event.setHeaders(Map.of("authorization", authorization));
    event.setRequestContext(context);
    return new Callers(() -> POLICY).of(new Request(event));
  }

  private Caller caller(RecordedToken token) {
    return caller("Bearer " + token.signed());
  }

  private void refuses(RecordedToken token, LoginRefusal why) {
    refuses("Bearer " + token.signed(), why);
  }

  private void refuses(String authorization, LoginRefusal why) {
    var refused = catchThrowableOfType(ProblemException.class, () -> caller(authorization));
    assertThat(refused).isNotNull();
    assertThat(refused.problem().detail()).isEqualTo(why.detail());
    assertThat(refused.problem().code().status()).isEqualTo(why.isOutage() ? 503 : 401);
  }

  @Nested
  class OfCognito {
    private final RecordedToken token = RecordedToken.of("cognito");

    /// Its access tokens have no `aud`.
    @Test
    void takesATokenThatNamesItsClientInPlaceOfAnAudience() {
      Caller caller = caller(token);
      assertThat(caller.principal().client()).isEqualTo("web");
      assertThat(caller.authTime()).isEqualTo(ISSUED);
      assertThat(caller.principal().session()).isNull();
      assertThat(caller.login().amr()).isEmpty();
    }

    /// A `username` can be given to another user later, and a federated one begins with the name of
    /// its provider, which somebody chose.
    @Test
    void namesAFederatedUserByTheSubject() {
      assertThat(caller(token).subject().id()).isEqualTo("f2a5a4c4-20b1-70d5-5a3e-0d5a3f1f6a01");
    }

    @Test
    void refusesATokenOfAnotherAppClient() {
      refuses(token.with("client_id", "another"), LoginRefusal.AUDIENCE);
    }

    /// With resource binding there is one, and it is then what counts.
    @Test
    void refusesAnotherAudienceWhereThereIsOne() {
      refuses(token.with("aud", "https://other.example"), LoginRefusal.AUDIENCE);
      assertThat(caller(token.with("aud", "3n4b5urk1ft4fl3mg5e62d9ado"))).isNotNull();
    }

    /// API Gateway's own authorizer takes it: same issuer, same key, the app client as `aud`.
    @Test
    void refusesAnIdToken() {
      refuses(RecordedToken.of("cognito-id"), LoginRefusal.TYPE);
      refuses(token.without("token_use"), LoginRefusal.TYPE);
    }

    @Test
    void refusesAClientThatActsForItself() {
      refuses(RecordedToken.of("cognito-machine"), LoginRefusal.NO_USER);
    }

    @Test
    void refusesAnotherPoolOfTheSameRegion() {
      refuses(
          token.with("iss", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other"),
          LoginRefusal.ISSUER);
    }
  }

  @Nested
  class OfAuth0 {
    private final RecordedToken token = RecordedToken.of("auth0");

    /// Its `aud` holds the address of its own user info besides.
    @Test
    void takesATokenForOurAudienceAmongOthers() {
      Caller caller = caller(token);
      assertThat(caller.principal().client()).isEqualTo("web");
      assertThat(caller.subject().id()).isEqualTo("auth0|google-oauth2|109876543210987654321");
    }

    /// Its access tokens tell no more of the login than an Action adds.
    @Test
    void readsTheLoginFromClaimsOfOnesOwn() {
      assertThat(caller(token).authTime()).isEqualTo(Instant.parse("2026-11-22T07:58:20Z"));
      assertThat(caller(token).login().amr()).containsExactly("mfa");
      assertThat(caller(RecordedToken.of("auth0-rfc9068")).authTime()).isNull();
    }

    @Test
    void takesTheProfileOfRfc9068() {
      assertThat(caller(RecordedToken.of("auth0-rfc9068")).principal().client()).isEqualTo("web");
    }

    /// What it gives without an audience: a reference, or one encrypted for itself.
    @ParameterizedTest
    @ValueSource(
        strings = {
          "SlAV32hkKGmrTtz0PqW0ak6Wr7g9TuVd",
          "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiaXNzIjoiaHR0cHM6Ly9hY21lLmV1LmF1dGgwLmNvbS8ifQ"
              + "..dGhlIHNlY3JldA.Y2lwaGVydGV4dA.dGFn"
        })
    void tellsHowToGetATokenThatIsNotOpaque(String opaque) {
      refuses("Bearer " + opaque, LoginRefusal.OPAQUE);
    }

    @Test
    void refusesAClientThatActsForItself() {
      refuses(RecordedToken.of("auth0-machine"), LoginRefusal.NO_USER);
    }

    /// One issuer serves all organizations of a customer.
    @Test
    void refusesAUserOfAnotherOrganization() {
      refuses(token.with("org_id", "org_other"), LoginRefusal.REQUIRED_CLAIM);
      refuses(token.without("org_id"), LoginRefusal.REQUIRED_CLAIM);
    }

    @Test
    void refusesTheIssuerWithoutItsSlash() {
      refuses(token.with("iss", "https://acme.eu.auth0.com"), LoginRefusal.ISSUER);
    }
  }

  @Nested
  class OfKeycloak {
    private final RecordedToken token = RecordedToken.of("keycloak");

    @Test
    void readsTheLogin() {
      Caller caller = caller(token);
      assertThat(caller.subject().id()).isEqualTo("keycloak|7c9e6679-7425-40de-944b-e07fc1f90ae7");
      assertThat(caller.principal().client()).isEqualTo("web");
      assertThat(caller.principal().session()).isEqualTo("e3b0c442-98fc-4c14-9afb-f4c8996fb924");
      assertThat(caller.authTime()).isEqualTo(Instant.parse("2026-11-22T07:59:50Z"));
      assertThat(caller.login().acr()).isEqualTo("1");
      assertThat(caller.login().amr()).containsExactly("pwd", "otp");
    }

    /// Without a mapper its tokens are for `account` alone.
    @Test
    void refusesATokenWithoutTheAudienceMapper() {
      refuses(token.with("aud", "account"), LoginRefusal.AUDIENCE);
    }

    @Test
    void refusesAnIdTokenThoughItHasTheAudience() {
      refuses(RecordedToken.of("keycloak-id"), LoginRefusal.TYPE);
    }

    /// Signed by HMAC with a key that Keycloak keeps to itself.
    @Test
    void refusesARefreshToken() {
      refuses(token.with("typ", "Refresh").withHeader("alg", "HS512"), LoginRefusal.ALGORITHM);
    }

    @Test
    void refusesAServiceAccount() {
      refuses(RecordedToken.of("keycloak-service-account"), LoginRefusal.NO_USER);
    }

    @Test
    void refusesATokenThatIsBoundToAKey() {
      refuses(
          token.with("typ", "DPoP").with("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2H")),
          LoginRefusal.SENDER_CONSTRAINED);
    }

    @Test
    void refusesAnotherRealm() {
      refuses(token.with("iss", "https://sso.example.com/realms/master"), LoginRefusal.ISSUER);
    }
  }

  @Nested
  class OfEntra {
    private final RecordedToken v1 = RecordedToken.of("entra-v1");
    private final RecordedToken v2 = RecordedToken.of("entra-v2");

    /// It has the thumbprint of a certificate in its header, and the client in `appid`.
    @Test
    void takesATokenOfTheFirstVersion() {
      Caller caller = caller(v1);
      assertThat(caller.principal().client()).isEqualTo("web");
      assertThat(caller.login().amr()).containsExactly("pwd", "mfa");
    }

    @Test
    void takesATokenOfTheSecondVersion() {
      Caller caller = caller(v2);
      assertThat(caller.principal().client()).isEqualTo("web");
      assertThat(caller.authTime()).isEqualTo(Instant.parse("2026-11-22T07:58:00Z"));
    }

    /// `sub` is another one for each client: a user would lose his factors with the next app.
    @Test
    void namesAUserByTheObjectAndNotByThePairwiseSubject() {
      assertThat(caller(v2).subject().id()).isEqualTo("entra|690222be-ff1a-4d56-abd1-7e4f7d38e474");
      refuses(v2.without("oid"), LoginRefusal.CLAIMS);
    }

    /// The version is the API's to choose in its manifest, and changes the issuer.
    @Test
    void refusesAnIssuerOfAVersionThatIsNotTrusted() {
      refuses(
          v1.with("iss", "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47"),
          LoginRefusal.ISSUER);
      refuses(v2.with("iss", "https://login.microsoftonline.com/common/v2.0"), LoginRefusal.ISSUER);
    }

    @Test
    void refusesAnotherDirectory() {
      refuses(
          v2.with(
              "iss", "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"),
          LoginRefusal.ISSUER);
    }

    /// An app that is its own API has ID tokens of the right audience.
    @Test
    void refusesAnIdToken() {
      refuses(RecordedToken.of("entra-v2-id"), LoginRefusal.TYPE);
    }

    @Test
    void refusesAnAppThatActsForItself() {
      refuses(RecordedToken.of("entra-v2-app"), LoginRefusal.NO_USER);
    }

    @Test
    void refusesATokenForMicrosoftGraph() {
      refuses(
          v1.with("aud", "00000003-0000-0000-c000-000000000000").withHeader("nonce", "AQABAAAA"),
          LoginRefusal.AUDIENCE);
    }
  }

  @Nested
  class OfAny {
    private final RecordedToken token = RecordedToken.of("keycloak");

    /// The issuer with the empty namespace must not name those of another.
    @Test
    void letsNoIssuerNameTheUsersOfAnother() {
      refuses(
          RecordedToken.of("cognito").with("sub", "keycloak|7c9e6679-7425-40de-944b-e07fc1f90ae7"),
          LoginRefusal.SUBJECT);
    }

    @Test
    void refusesAClientThatThePolicyDoesNotKnow() {
      refuses(token.with("azp", "another"), LoginRefusal.CLIENT);
    }

    @Test
    void refusesWhatHasExpiredOrIsOfTheFuture() {
      long second = ISSUED.getEpochSecond();
      refuses(token.with("exp", second + 60), LoginRefusal.EXPIRED);
      assertThat(caller(token.with("exp", second + 61))).isNotNull();
      refuses(token.with("iat", second + 121), LoginRefusal.NOT_YET_VALID);
      refuses(token.with("nbf", second + 121), LoginRefusal.NOT_YET_VALID);
      refuses(token.with("auth_time", second + 121), LoginRefusal.NOT_YET_VALID);
      refuses(token.with("exp", "later"), LoginRefusal.CLAIMS);
      refuses(token.without("exp"), LoginRefusal.CLAIMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"})
    @Tag("A21")
    void refusesAHeaderThatBringsAKeyOrChangesTheRules(String member) {
      refuses(token.withHeader(member, "x"), LoginRefusal.HEADER);
    }

    @Test
    void refusesWhatIsTypedAsSomethingElse() {
      refuses(token.withHeader("typ", "stepup+jwt"), LoginRefusal.TYPE);
      refuses(token.withHeader("typ", "logout+jwt"), LoginRefusal.TYPE);
      refuses(token.withHeader("typ", 1), LoginRefusal.TYPE);
    }

    @Test
    @Tag("A20")
    void refusesAnotherAlgorithmThanTheKeys() {
      for (String alg : List.of("none", "HS256", "ES256", "RS512")) {
        refuses(token.withHeader("alg", alg), LoginRefusal.ALGORITHM);
      }
    }

    @Test
    void refusesASignatureOverSomethingElse() {
      String[] parts = token.signed().split("\\.", -1);
      String[] other = token.with("sub", "eve").signed().split("\\.", -1);
      refuses("Bearer " + parts[0] + "." + other[1] + "." + parts[2], LoginRefusal.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b", "Bearer a b.c.d"})
    void refusesWhatIsNoToken(String authorization) {
      refuses(authorization, LoginRefusal.MALFORMED);
    }

    /// Nothing travels but what is read, and a claim cannot pass for a refusal or hide one.
    @Test
    void handsOnNoOtherClaim() {
      RecordedToken crowded =
          token.with("refusal", "expired").with("groups", List.of("a", "b")).with("isAdmin", true);
      Answer answer =
          Answer.of(
              handler, Kind.HTTP_API.event("GET", "/v1/factors", "Bearer " + crowded.signed()));
      assertThat(answer.context().keySet())
          .containsExactlyInAnyOrder(
              "iss", "sub", "typ", "azp", "sid", "acr", "amr", "auth_time", "preferred_username");
    }

    /// An item with a space in it would be read as two.
    @Test
    void dropsMethodsThatCannotBeToldApart() {
      assertThat(caller(token.with("amr", List.of("pwd", "none mfa"))).login().amr()).isEmpty();
      assertThat(caller(token.with("amr", "otp")).login().amr()).containsExactly("otp");
    }

    @Test
    void deniesAnythingThatIsNoQuestionOfAnHttpApi() {
      for (String event : List.of("{}", "[]", "", "{\"version\":\"2.0\"}")) {
        assertThat(Answer.of(handler, event).denies(Kind.HTTP_API)).isTrue();
      }
      String rest = Kind.REST_TOKEN.event("GET", "/v1/factors", "Bearer " + token.signed());
      assertThat(Answer.of(handler, rest).denies(Kind.REST_TOKEN)).isTrue();
    }

    @Test
    @Tag("R27")
    void logsWhatItRefusesAndNeverTheToken() {
      caller(token);
      refuses(token.with("aud", "x"), LoginRefusal.AUDIENCE);
      assertThat(log).extracting(line -> line.get("refusal")).containsExactly("audience");
      assertThat(log.toString()).doesNotContain(token.signed()).doesNotContain("7c9e6679");
    }
  }

  @Nested
  class InWords {
    @ParameterizedTest
    @EnumSource(
        value = Reason.class,
        names = {"LIFETIME", "PROOF"},
        mode = Mode.EXCLUDE)
    void tellsEachReason(Reason reason) {
      assertThat(LoginRefusal.ofWire(reason.name().toLowerCase(Locale.ROOT))).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void tellsEachOutage(Outage outage) {
      String wire = "provider_" + outage.name().toLowerCase(Locale.ROOT);
      assertThat(LoginRefusal.ofWire(wire).filter(LoginRefusal::isOutage)).isPresent();
    }

    @Test
    void tellsThemApart() {
      Set<String> details = new HashSet<>();
      for (LoginRefusal refusal : LoginRefusal.values()) {
        assertThat(details.add(refusal.detail())).isTrue();
      }
    }
  }

  @Nested
  class Settings {
    /// Whoever forgets the audience would take every token of the issuer.
    @Test
    void doNotTrustAnIssuerForEverything() {
      String policy = "{\"issuer\": \"https://idp.example\"}";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LoginSettings.issuers(PolicyReader.read(AuthorizerTest.with(policy))))
          .withMessageContaining("An issuer without an audience: https://idp.example");
    }
  }
}
