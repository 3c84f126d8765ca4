package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.assurance.Action;
import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Capability;
import dev.stile.assurance.ClaimNames;
import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.PathTemplate;
import dev.stile.assurance.Policy;
import dev.stile.assurance.ProtectedRoute;
import dev.stile.assurance.Provider;
import dev.stile.assurance.Role;
import dev.stile.assurance.TokenShape;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.factor.FactorKind;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits.Window;
import dev.stile.token.SigningAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  private static final Path BUILT_IN =
      Path.of("../local/src/main/resources/dev/stile/local/policy.json");

  private static final String POLICY =
      """
      {
        "tenant": "acme",
        "name": "Acme Bank",
        "issuers": [
          {"issuer": "https://idp.example"},
          {"issuer": "https://corp.example", "namespace": "corp"}
        ],
        "clients": [
          {"id": "web", "token_client_ids": ["spa", "app"], "audiences": ["pay"],
           "host": "acme.example", "locale": "de"},
          {"id": "back", "audiences": ["ledger", "pay"], "host": "acme.example",
           "rp_id": "acme.example", "origins": ["https://acme.example", "https://m.acme.example"],
           "roles": ["arn:aws:iam::123456789012:role/teams/Login"], "issuer": "https://idp.example",
           "capabilities": ["challenge", "manage"], "decoy": true,
           "grant_signing_alg": "RS256"},
          {"id": "plain", "audiences": ["pay"], "host": "acme.example",
           "roles": ["arn:aws:iam::123456789012:role/Plain"]}
        ],
        "levels": [
          {"acr": "aal1", "factors": ["totp", "sms", "email"]},
          {"acr": "aal2", "factors": ["totp", "webauthn"], "user_verification": true}
        ],
        "actions": {
          "login": {},
          "wire": {"acr": "aal2", "factors": ["totp"], "template": "Wire {amount}",
                   "binding_required": true, "grant_lifetime": "PT1M", "max_age": "PT90S",
                   "single_use": true},
          "never": {"deny": true},
          "manage-factors": {}
        },
        "routes": {
          "POST /wires": {"action": "wire", "guard": true},
          "GET /accounts/{id}": {"action": "login"}
        },
        "countries": ["CH", "DE"],
        "limits": {
          "sends": {
            "pause": "PT30S",
            "per_destination": [{"count": 3, "per": "PT10M"}, {"count": 10, "per": "P1D"}],
            "per_user": {"count": 11, "per": "PT1H"},
            "per_address_prefix": {"count": 12, "per": "PT1H"},
            "per_tenant": {"count": 13, "per": "P1D"}
          },
          "challenges_per_user": {"count": 14, "per": "PT10M"},
          "enrollments_per_user": {"count": 15, "per": "PT10M"}
        }
      }
      """;

  @Test
  void readsWhatAnIssuersTokensLookLike() {
    TrustedIssuer plain = issuer("");
    assertThat(plain.tokens()).isEqualTo(TokenShape.OPENID);
    assertThat(plain.amr()).isEmpty();
    TrustedIssuer entra =
        issuer(
            """
            , "provider": "entra", "audiences": ["api"], "claims": {"auth_time": "at"},
            "required_claims": {"tid": "t1"}, "amr": {"mfa": "totp"}
            """);
    assertThat(entra.tokens().provider()).isEqualTo(Provider.ENTRA);
    assertThat(entra.tokens().audiences()).containsExactly("api");
    assertThat(entra.tokens().names())
        .isEqualTo(new ClaimNames("oid", List.of("azp", "appid"), "sid", "at", "acr", "amr"));
    assertThat(entra.tokens().required()).containsExactly(Map.entry("tid", "t1"));
    assertThat(entra.amr()).containsExactly(Map.entry("mfa", FactorKind.TOTP));
    assertThat(issuer(", \"claims\": {\"client\": \"cid\"}").tokens().names().client())
        .containsExactly("cid");
  }

  private static TrustedIssuer issuer(String members) {
    String named = "{\"issuer\": \"https://idp.example\"";
    Policy policy = read(POLICY.replace(named + "}", named + members + "}"));
    return policy.issuer("https://idp.example").orElseThrow();
  }

  @Test
  void readsTheWholeDocument() {
    Policy policy = read(POLICY);
    assertThat(policy.tenant()).isEqualTo(new Tenant("acme"));
    assertThat(policy.parties().name()).isEqualTo("Acme Bank");
    assertThat(policy.parties().issuers())
        .containsExactly(
            new TrustedIssuer("https://idp.example", ""),
            new TrustedIssuer("https://corp.example", "corp"));
    assertThat(policy.parties().clients())
        .containsExactly(
            new Client("web", List.of("spa", "app"), List.of("pay"), "acme.example", "de"),
            new Client(
                "back",
                List.of("back"),
                List.of("ledger", "pay"),
                "acme.example",
                "en",
                new Client.Passkeys(
                    new RelyingParty(
                        "acme.example", Set.of("https://acme.example", "https://m.acme.example")),
                    AttestationPolicy.NONE),
                new BackEnd(
                    Set.of(new Role("arn:aws:iam::123456789012:role/Login")),
                    Set.of(Capability.CHALLENGE, Capability.MANAGE),
                    "https://idp.example",
                    true),
                SigningAlgorithm.RS256),
            new Client(
                "plain",
                List.of("plain"),
                List.of("pay"),
                "acme.example",
                "en",
                null,
                new BackEnd(
                    Set.of(new Role("arn:aws:iam::123456789012:role/Plain")),
                    Set.of(Capability.CHALLENGE),
                    null,
                    false),
                SigningAlgorithm.ES256));
    assertThat(policy.signing()).containsExactly(SigningAlgorithm.ES256, SigningAlgorithm.RS256);
    assertThat(policy.levels())
        .containsExactly(
            new Level("aal1", Set.of(FactorKind.TOTP, FactorKind.SMS, FactorKind.EMAIL)),
            new Level(
                "aal2",
                Set.of(FactorKind.TOTP, FactorKind.WEBAUTHN),
                Set.of(Level.Property.USER_VERIFICATION)));
    assertThat(policy.actions()).containsOnlyKeys("login", "wire", "never", "manage-factors");
    assertThat(policy.action("wire"))
        .contains(
            new Action(
                "wire",
                false,
                "aal2",
                Set.of(FactorKind.TOTP),
                new Action.Display("Wire {amount}", true),
                new Action.Terms(Duration.ofMinutes(1), Duration.ofSeconds(90), true)));
    assertThat(policy.action("login"))
        .contains(
            new Action(
                "login",
                false,
                null,
                EnumSet.allOf(FactorKind.class),
                new Action.Display(null, false),
                Duration.ofMinutes(5)));
    assertThat(policy.action("never")).isEmpty();
    assertThat(policy.countries()).containsExactlyInAnyOrder("CH", "DE");
  }

  @Test
  void readsChainsAndAllThatALevelAsks() {
    Policy policy =
        read(
            POLICY
                .replace(
                    "\"user_verification\": true",
                    "\"phishing_resistant\": true, \"hardware\": true, \"min_factors\": 3,"
                        + " \"min_classes\": 2")
                .replace(
                    "\"login\": {}",
                    "\"login\": {\"reuse_grant\": true, \"chain\": [{\"factors\": [\"totp\"]},"
                        + " {\"factors\": [\"sms\", \"email\"]}]}"));
    assertThat(policy.levels().getLast())
        .isEqualTo(
            new Level(
                "aal2",
                Set.of(FactorKind.TOTP, FactorKind.WEBAUTHN),
                Set.of(Level.Property.PHISHING_RESISTANT, Level.Property.HARDWARE),
                new Level.Breadth(3, 2)));
    Action login = policy.action("login").orElseThrow();
    assertThat(login.chain())
        .containsExactly(Set.of(FactorKind.TOTP), Set.of(FactorKind.SMS, FactorKind.EMAIL));
    assertThat(login.factors()).containsExactlyInAnyOrder(FactorKind.values());
    assertThat(login.terms().reusable()).isTrue();
  }

  @Test
  void readsTheRoutes() {
    var routes = PolicyReader.document(POLICY.getBytes(StandardCharsets.UTF_8)).routes();
    assertThat(routes.all())
        .containsExactlyInAnyOrder(
            new ProtectedRoute("POST", PathTemplate.parse("/wires"), "wire", true),
            new ProtectedRoute("GET", PathTemplate.parse("/accounts/{id}"), "login", false));
  }

  @Test
  void readsADocumentWithoutRoutes() {
    String none = POLICY.replaceFirst("(?s)\"routes\": \\{.*?\\n  },", "");
    assertThat(none).doesNotContain("routes");
    assertThat(PolicyReader.document(none.getBytes(StandardCharsets.UTF_8)).routes().all())
        .isEmpty();
  }

  @Test
  void readsEachLimitIntoItsPlace() {
    var limits = read(POLICY).limits();
    assertThat(limits.sends().pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(limits.sends().perDestination())
        .containsExactly(new Window(3, Duration.ofMinutes(10)), new Window(10, Duration.ofDays(1)));
    assertThat(limits.sends().perUser()).isEqualTo(new Window(11, Duration.ofHours(1)));
    assertThat(limits.sends().perPrefix()).isEqualTo(new Window(12, Duration.ofHours(1)));
    assertThat(limits.sends().perTenant()).isEqualTo(new Window(13, Duration.ofDays(1)));
    assertThat(limits.challengesPerUser()).isEqualTo(new Window(14, Duration.ofMinutes(10)));
    assertThat(limits.enrollmentsPerUser()).isEqualTo(new Window(15, Duration.ofMinutes(10)));
  }

  @Test
  void readsTheBuiltInDocument() throws IOException {
    Policy policy = read(Files.readString(BUILT_IN).replace("{base}", "http://localhost:8080"));
    assertThat(policy.tenant()).isEqualTo(new Tenant("default"));
    assertThat(policy.issuer("http://localhost:8080/local/idp")).isPresent();
    assertThat(policy.clientOfToken("console")).isPresent();
    assertThat(policy.actions()).containsOnlyKeys("login", "transfer", "pay", "manage-factors");
    assertThat(policy.actions().values())
        .allSatisfy(action -> {
          assertThat(action.factors()).containsExactlyInAnyOrder(FactorKind.values());
          assertThat(action.display()).isEqualTo(new Action.Display(null, false));
          assertThat(action.denied()).isFalse();
        });
    assertThat(policy.levels()).extracting(Level::acr).containsExactly("aal1", "aal2");
    assertThat(policy.countries()).contains("AT", "CH", "DE", "ES", "FR", "GB", "IT", "NL", "US");
    var sends = policy.limits().sends();
    assertThat(sends.pause()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sends.perDestination())
        .containsExactly(
            new Window(3, Duration.ofMinutes(10)),
            new Window(5, Duration.ofHours(1)),
            new Window(10, Duration.ofDays(1)));
    assertThat(sends.perUser().count()).isGreaterThanOrEqualTo(1_000);
    assertThat(sends.perPrefix().count()).isGreaterThanOrEqualTo(1_000);
    assertThat(policy.limits().challengesPerUser().count()).isGreaterThanOrEqualTo(300);
  }

  /// One change to the document above, and the place that the refusal names.
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      nullValues = "∅",
      value = {
        "\"tenant\": \"acme\", § ∅ § /tenant",
        "\"acme\" § \"Acme\" § /tenant",
        "\"acme\" § 7 § /tenant",
        "\"Acme Bank\" § null § /name",
        "\"name\": § \"title\": § /name",
        "\"issuer\": \"https://idp.example\" § ∅ § /issuers/0/issuer",
        "{\"issuer\": \"https://idp.example\"} § \"https://idp.example\" § /issuers",
        "\"namespace\": \"corp\" § \"namespace\": \"\" § /issuers",
        "\"namespace\": \"corp\" § \"namespace\": \"a|b\" § /issuers/1",
        "\"namespace\": \"corp\" § \"prefix\": \"corp\" § /issuers/1/prefix",
        "https://corp.example § https://idp.example § /issuers",
        "\"id\": \"web\", § ∅ § /clients/0/id",
        "\"id\": \"back\" § \"id\": \"web\" § /clients",
        "\"app\" § \"back\" § /clients",
        "\"app\" § 7 § /clients/0/token_client_ids",
        "\"audiences\": [\"pay\"] § \"audiences\": [] § /clients/0",
        "\"audiences\": [\"pay\"], § ∅ § /clients/0",
        "\"acme.example\", \"locale\" § null, \"locale\" § /clients/0/host",
        "role/teams/Login § user/Login § /clients/1/roles",
        "role/Plain § role/Login § /clients",
        "\"issuer\": \"https://idp.example\", § \"issuer\": \"https://x\", § /clients/1/issuer",
        "\"manage\"] § \"admin\"] § /clients/1/capabilities",
        "\"decoy\": true § \"decoy\": 1 § /clients/1/decoy",
        "\"RS256\" § \"HS256\" § /clients/1/grant_signing_alg",
        "\"RS256\" § \"none\" § /clients/1/grant_signing_alg",
        "\"locale\": \"de\" § \"decoy\": true § /clients/0/decoy",
        "\"locale\" § \"language\" § /clients/0/language",
        "\"acr\": \"aal1\" § \"acr\": \"aal2\" § /levels",
        "\"acr\": \"aal1\" § \"acr\": \"a l 1\" § /levels/0/acr",
        "\"acr\": \"aal1\" § \"acr\": \"\\\"\" § /levels/0/acr",
        "\"acr\": \"aal1\", § ∅ § /levels/0/acr",
        "\"sms\" § \"pigeon\" § /levels/0/factors",
        "[\"totp\", \"webauthn\"] § [] § /levels/1/factors",
        "\"levels\": § \"level\": § /actions/wire/acr",
        "\"acr\": \"aal2\", \"factors\": [\"totp\"], \"template\" § \"acr\": \"aal9\", \"template\""
            + " § /actions/wire/acr",
        "\"factors\": [\"totp\"], \"template\" § \"factors\": [], \"template\" §"
            + " /actions/wire/factors",
        "\"binding_required\": true § \"binding_required\": \"yes\" §"
            + " /actions/wire/binding_required",
        "\"Wire {amount}\" § 1 § /actions/wire/template",
        "\"PT1M\" § \"1 minute\" § /actions/wire/grant_lifetime",
        "\"PT1M\" § \"PT0S\" § /actions/wire/grant_lifetime",
        "\"PT1M\" § \"PT-1S\" § /actions/wire/grant_lifetime",
        "\"PT1M\" § \"PT5M0.001S\" § /actions/wire/grant_lifetime",
        "\"PT1M\" § \"PT9999999999999999999S\" § /actions/wire/grant_lifetime",
        "\"PT90S\" § \"90\" § /actions/wire/max_age",
        "\"PT90S\" § 90 § /actions/wire/max_age",
        "\"PT90S\" § \"PT-1S\" § /actions/wire/max_age",
        "\"PT90S\" § \"PT0.5S\" § /actions/wire/max_age",
        "\"single_use\": true § \"single_use\": 1 § /actions/wire/single_use",
        "\"single_use\": true § \"single_use\": true, \"reuse_grant\": true §"
            + " /actions/wire/reuse_grant",
        "\"manage-factors\": {} § \"manage-factors\": {\"reuse_grant\": true} §"
            + " /actions/manage-factors/reuse_grant",
        "\"single_use\": true § \"chain\": [{\"factors\": [\"totp\"]}] § /actions/wire/chain",
        "\"login\": {} § \"login\": {\"chain\": [{\"factors\": [\"totp\"]}]} §"
            + " /actions/login/chain",
        "\"login\": {} § \"login\": {\"chain\": [{\"factors\": [\"totp\"]}, {}]} §"
            + " /actions/login/chain/1/factors",
        "\"login\": {} § \"login\": {\"chain\": [{\"factors\": [\"totp\"], \"acr\": \"aal1\"}]} §"
            + " /actions/login/chain/0/acr",
        "\"user_verification\": true § \"hardware\": 1 § /levels/1/hardware",
        "\"user_verification\": true § \"min_factors\": 5 § /levels/1/min_factors",
        "\"user_verification\": true § \"min_factors\": 0 § /levels/1/min_factors",
        "\"user_verification\": true § \"min_classes\": 2 § /levels/1/min_classes",
        "\"single_use\" § \"once\" § /actions/wire/once",
        "\"routes\": { § \"routes\": 1, \"x\": { § /routes",
        "\"routes\" § \"paths\" § /paths",
        "POST /wires § /wires § /routes/~1wires",
        "POST /wires § post /wires § /routes/post ~1wires",
        "POST /wires § ANY /wires § /routes/ANY ~1wires",
        "POST /wires § POST wires § /routes/POST wires",
        "POST /wires § POST /wires/ § /routes/POST ~1wires~1",
        "POST /wires § POST //wires § /routes/POST ~1~1wires",
        "POST /wires § POST /{proxy+} § /routes/POST ~1{proxy+}",
        "POST /wires § GET /accounts/{account} § /routes/GET ~1accounts~1{id}",
        "{\"action\": \"wire\", \"guard\": true} § \"wire\" § /routes/POST ~1wires",
        "{\"action\": \"wire\", \"guard\": true} § {\"guard\": true} §"
            + " /routes/POST ~1wires/action",
        "\"action\": \"wire\" § \"action\": \"pay\" § /routes/POST ~1wires/action",
        ", \"guard\": true § ∅ § /routes/POST ~1wires/guard",
        "\"guard\": true § \"guard\": false § /routes/POST ~1wires/guard",
        "\"guard\": true § \"guard\": \"yes\" § /routes/POST ~1wires/guard",
        "\"guard\": true § \"guard\": true, \"acr\": \"aal1\" § /routes/POST ~1wires/acr",
        "\"deny\" § \"denied\" § /actions/never/denied",
        "\"rp_id\": \"acme.example\", § § /clients/1/origins",
        "\"rp_id\": \"acme.example\" § \"rp_id\": \"https://acme.example\" § /clients/1/rp_id",
        "\"rp_id\": \"acme.example\" § \"rp_id\": \"Acme.example\" § /clients/1/rp_id",
        "\"https://m.acme.example\" § \"https://m.acme.example/\" § /clients/1/origins",
        "\"https://m.acme.example\" § \"https://M.acme.example\" § /clients/1/origins",
        "\"https://m.acme.example\" § \"https://m.acme.example:443x\" § /clients/1/origins",
        "[\"https://acme.example\", \"https://m.acme.example\"] § [] § /clients/1",
        "\"user_verification\": true § \"user_verification\": 1 §" + " /levels/1/user_verification",
        "\"login\": {} § \"login\": [] § /actions/login",
        "\"login\": {} § \"login\": null § /actions/login",
        "\"manage-factors\": {} § \"manage\": {} § /actions/manage-factors",
        "\"actions\": § \"action\": § /actions",
        "\"DE\" § \"de\" § /countries",
        "\"DE\" § \"XX\" § /countries",
        "[\"CH\", \"DE\"] § \"CH\" § /countries",
        "\"limits\": § \"limit\": § /limits",
        "\"sends\": § \"send\": § /limits/sends",
        "\"PT30S\" § \"30s\" § /limits/sends/pause",
        "\"PT30S\" § \"PT-30S\" § /limits/sends/pause",
        "\"count\": 10 § \"count\": 11 § /limits/sends",
        "\"count\": 3 § \"count\": 0 § /limits/sends/per_destination/0",
        "\"count\": 3 § \"count\": \"3\" § /limits/sends/per_destination/0/count",
        "\"count\": 3 § \"count\": 3.5 § /limits/sends/per_destination/0/count",
        "\"per_user\": {\"count\": 11, § \"per_user\": { § /limits/sends/per_user",
        "\"count\": 13, \"per\": \"P1D\" § \"count\": 13, \"per\": \"PT0S\" §"
            + " /limits/sends/per_tenant",
        "\"count\": 12, § \"count\": 12, \"burst\": 1, § /limits/sends/per_address_prefix/burst",
        "\"per_tenant\" § \"per_world\" § /limits/sends/per_tenant",
        "\"challenges_per_user\" § \"challenges\" § /limits/challenges_per_user",
        "\"count\": 15, \"per\": \"PT10M\" § \"count\": 15 § /limits/enrollments_per_user/per",
        "\"countries\" § \"lands\" § /lands"
      })
  void refusesABrokenDocumentWithThePlace(String part, @Nullable String change, String pointer) {
    assertThat(POLICY).contains(part);
    String broken = changed(part, change == null ? "" : change);
    assertThatExceptionOfType(PolicyRefused.class)
        .isThrownBy(() -> read(broken))
        .withMessageMatching("\\Q" + pointer + "\\E: [A-Z].*\\.")
        .withNoCause();
  }

  @Test
  void keepsTheLevelOfRecoveryToStile() {
    String broken = changed("\"acr\": \"aal1\"", "\"acr\": \"recovery\"");
    assertThatExceptionOfType(PolicyRefused.class)
        .isThrownBy(() -> read(broken))
        .withMessage("The level recovery is Stile's own.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "{ § [",
        "\"acme\", § \"acme\"",
        "\"tenant\": \"acme\", § \"tenant\": \"acme\", \"tenant\": \"acme\",",
        "\"login\": {}, § \"login\": {}, \"login\": {},",
        "{ § // a comment\n{"
      })
  void refusesWhatIsNotStrictJson(String part, String change) {
    String broken = changed(part, change);
    assertThat(broken).isNotEqualTo(POLICY);
    assertThatExceptionOfType(PolicyRefused.class)
        .isThrownBy(() -> read(broken))
        .withMessageStartingWith("The body is not");
  }

  @Test
  void refusesAnEmptyDocument() {
    assertThatExceptionOfType(PolicyRefused.class).isThrownBy(() -> read(""));
    assertThatExceptionOfType(PolicyRefused.class).isThrownBy(() -> read("{}"));
    assertThatExceptionOfType(PolicyRefused.class).isThrownBy(() -> read(POLICY + "{}"));
  }

  /// A tenant's document may well be longer than a request may be.
  @Test
  void readsDocumentsOfAnyLength() {
    assertThat(read(POLICY + " ".repeat(20_000)).tenant()).isEqualTo(new Tenant("acme"));
  }

  private static String changed(String part, String change) {
    return POLICY.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(change));
  }

  private static Policy read(String document) {
    return PolicyReader.read(document.getBytes(StandardCharsets.UTF_8));
  }
}
