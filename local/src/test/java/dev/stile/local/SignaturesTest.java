package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.local.Signatures.Signer.Known;
import dev.stile.local.Signatures.Signer.Refused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the gateway makes of requests that the AWS SDK signed, as they were signed and after one
/// change.
@Tag("R26")
class SignaturesTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-28T23:58:00Z"), ZoneOffset.UTC);
  private static final String BODY = "{\"action\":\"login\"}";
  private static final String URL = "http://localhost:8080/v1/users/ada/challenges?b=2&a=1%20c&a=0";

  private final Signatures signatures = new Signatures(NOW);
  private final Signer signer =
      new Signer("STILELOCAL", "stilelocalsecret", "eu-central-1", "execute-api", NOW);

  private Map<String, String> signed() {
    return signer.headers("POST", URI.create(URL), BODY, Map.of("Stile-Grant", "a  b "));
  }

  private String authorization() {
    return Objects.requireNonNull(signed().get("authorization"));
  }

  private Signatures.Signer judge(Map<String, String> headers) {
    return judge("POST", URL, headers, BODY);
  }

  private Signatures.Signer judge(
      String method, String url, Map<String, String> headers, String body) {
    String digest = Signatures.digest(body.getBytes(StandardCharsets.UTF_8));
    return signatures.of(new SignedRequest(method, URI.create(url), headers, digest));
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  @Test
  void knowsTheRoleThatSigned() {
    assertThat(judge(signed()))
        .isInstanceOfSatisfying(
            Known.class,
            known -> {
              assertThat(known.iam().getUserArn())
                  .isEqualTo("arn:aws:sts::000000000000:assumed-role/STILELOCAL/local");
              assertThat(known.iam().getAccessKey()).isEqualTo("STILELOCAL");
              assertThat(known.iam().getAccountId()).isEqualTo("000000000000");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/v1/users/auth0%7Cada/factors",
        "http://localhost:8080/v1/users/a%20b%2Fc%C3%A4%25/factors",
        "http://localhost:8080/v1/users/a+b@example.org/factors",
        "http://localhost:8080/v1/users/ada/audit?limit=5&cursor=a%2Bb~c",
        "http://localhost:8080/v1/users/ada/audit?z&a=%41*",
        "http://[::1]:8080/v1/users/ada/factors"
      })
  void agreesWithTheSdkOnEveryCharacter(String url) {
    URI uri = URI.create(url);
    assertThat(judge("GET", url, signer.headers("GET", uri, null, Map.of()), ""))
        .isInstanceOf(Known.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/users/ada/challenges?b=2&a=1%20c&a=0",
    "POST, /v1/users/ada/challenges?b=2&a=1%20c",
    "POST, /v1/users/ada/challenges?b=2&a=1%20c&a=0&c",
    "POST, /v1/users/ada/challenges?b=1&a=2%20c&a=0",
    "POST, /v1/users/ada/challenges",
    "POST, /v1/users/eve/challenges?b=2&a=1%20c&a=0",
    "POST, /v1/users/ada/challenges/?b=2&a=1%20c&a=0",
    "POST, /v1/users//ada/challenges?b=2&a=1%20c&a=0",
    "POST, /v1/users/%61da/challenges?b=2&a=1%20c&a=0"
  })
  void refusesAnotherMethodPathOrQuery(String method, String path) {
    assertThat(judge(method, "http://localhost:8080" + path, signed(), BODY))
        .isInstanceOf(Refused.class);
  }

  @Test
  void refusesAnotherBody() {
    assertThat(judge("POST", URL, signed(), BODY + " ")).isInstanceOf(Refused.class);
    assertThat(judge("POST", URL, signed(), "")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "host, localhost:8081",
    "stile-grant, a b c",
    "x-amz-date, 20261128T235801Z",
    "x-amz-security-token, added",
    "x-amz-content-sha256, UNSIGNED-PAYLOAD"
  })
  void refusesAnotherHeader(String name, String value) {
    assertThat(judge(with(signed(), name, value))).isInstanceOf(Refused.class);
  }

  @Test
  void refusesAHeaderThatIsMissing() {
    for (String name : signed().keySet()) {
      Map<String, String> fewer = new LinkedHashMap<>(signed());
      fewer.remove(name);
      assertThat(judge(fewer)).as(name).isInstanceOf(Refused.class);
    }
  }

  /// What is not signed can be said by anybody on the way.
  @Test
  void refusesASignatureWithoutTheHost() {
    String without = authorization().replace("host;", "");
    assertThat(judge(with(signed(), "authorization", without)))
        .isEqualTo(new Refused("A header that has to be signed is not."));
  }

  @ParameterizedTest
  @CsvSource({
    "STILELOCAL, stilelocalsecre, eu-central-1, execute-api",
    "STILELOCAL, stilelocalsecret, us-east-1, execute-api",
    "STILELOCAL, stilelocalsecret, eu-central-1, dynamodb"
  })
  void refusesAnotherSecretRegionOrService(
      String key, String secret, String region, String service) {
    var other = new Signer(key, secret, region, service, NOW);
    assertThat(judge(other.headers("POST", URI.create(URL), BODY, Map.of())))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"-PT5M, true", "PT5M, true", "-PT5M1S, false", "PT5M1S, false", "P1D, false"})
  void takesFiveMinutesEitherWay(Duration off, boolean taken) {
    var then =
        new Signer(
            "STILELOCAL",
            "stilelocalsecret",
            "eu-central-1",
            "execute-api",
            Clock.offset(NOW, off));
    assertThat(judge(then.headers("POST", URI.create(URL), BODY, Map.of())) instanceof Known)
        .isEqualTo(taken);
  }

  /// The day of the scope is the day of the moment, so that a key of yesterday opens nothing today.
  @Test
  void refusesTheScopeOfAnotherDay() {
    String yesterday = authorization().replace("/20261128/", "/20261127/");
    assertThat(judge(with(signed(), "authorization", yesterday))).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "AWS4-HMAC-SHA256",
        "AWS4-ECDSA-P256-SHA256"
            + " Credential=STILELOCAL/20261128/eu-central-1/execute-api/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=00",
        "AWS4-HMAC-SHA256 Credential=STILELOCAL/20261128/eu-central-1/execute-api/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature="
      })
  void refusesWhatIsNoSignature(String authorization) {
    assertThat(judge(with(signed(), "authorization", authorization)))
        .isEqualTo(new Refused("The request is not signed with AWS4-HMAC-SHA256."));
  }
}
