package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stile.local.Options.BadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandTest {
  private static final String SOUND =
      """
      {
        "tenant": "acme",
        "name": "Acme Bank",
        "issuers": [{"issuer": "https://idp.example"}],
        "clients": [{"id": "web", "audiences": ["pay"], "host": "acme.example"}],
        "levels": [
          {"acr": "aal1", "factors": ["totp", "sms", "email"]},
          {"acr": "aal2", "factors": ["totp"]}
        ],
        "actions": {
          "wire": {
            "acr": "aal2", "deny": false
          },
          "manage-factors": {}
        },
        "routes": {
          "POST /wires": {"action": "wire"}
        },
        "countries": ["CH"],
        "limits": {
          "sends": {
            "pause": "PT30S",
            "per_user": {"count": 11, "per": "PT1H"},
            "per_address_prefix": {"count": 12, "per": "PT1H"},
            "per_tenant": {"count": 13, "per": "P1D"}
          },
          "challenges_per_user": {"count": 14, "per": "PT10M"},
          "enrollments_per_user": {"count": 15, "per": "PT10M"}
        }
      }
      """;

  @TempDir private Path folder;

  private record Result(int exitCode, String output) {}

  private Result check(String document) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.json"), document);
    var out = new ByteArrayOutputStream();
    int exitCode =
        PolicyCommand.run(
            List.of("policy", "check", file.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    String told = out.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    return new Result(exitCode, told);
  }

  @Test
  void findsNothingInASoundPolicy() throws IOException {
    assertThat(check(SOUND)).isEqualTo(new Result(0, "policy.json: is a policy\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "\"acr\": \"aal2\", \"deny\": false § \"acr\": \"aal9\" § 12: /actions/wire/acr: Member acr"
            + " names no level.",
        "\"sms\", § \"pigeon\", § 7: /levels/0/factors: Member factors names the unknown factor"
            + " pigeon.",
        "\"tenant\": § \"tenants\": § 1: /tenant: Member tenant is missing.",
        "\"count\": 13 § \"count\": 0 § 25: /limits/sends/per_tenant: A window allows at least 1 in"
            + " a positive time.",
        "{\"action\": \"wire\"} § {\"action\": \"wire\", \"acr\": 1} § 17: /routes/POST"
            + " ~1wires/acr: Member acr is not known here.",
        "\"CH\" § CH § 19: The body is not valid JSON (line 19)."
      })
  void namesTheLineOfWhatIsWrong(String part, String change, String told) throws IOException {
    assertThat(SOUND).contains(part);
    Result result = check(SOUND.replace(part, change));
    assertThat(result).isEqualTo(new Result(1, "policy.json:" + told + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "[\"totp\"] § [\"totp\", \"sms\", \"email\"] § level aal1: no grant ever names it, for its"
            + " factors reach a higher one",
        "\"CH\" § § countries: SMS goes to none, so that no sms factor can be enrolled",
        "\"acr\": \"aal2\", \"deny\": false § \"acr\": \"aal2\", \"factors\": [\"totp\", \"sms\"] §"
            + " action wire: sms counts for nothing, for it does not reach aal2",
        "\"acr\": \"aal2\", \"deny\": false § \"max_age\": \"PT5M\" § action wire: max_age is never"
            + " reached, for its grants are over before",
        "\"acr\": \"aal2\", \"deny\": false § \"deny\": true § route POST /wires: always denied, as"
            + " its action wire is",
        "{\"issuer\": \"https://idp.example\"} § § issuers: without one nobody can call with an"
            + " access token"
      })
  void findsRulesWithoutEffect(String part, String change, String finding) throws IOException {
    assertThat(SOUND).contains(part);
    Result result = check(SOUND.replace(part, change == null ? "" : change));
    assertThat(result)
        .isEqualTo(new Result(0, "policy.json: is a policy\n  without effect: " + finding + "\n"));
  }

  @Test
  void findsAnActionThatNobodyCanApprove() throws IOException {
    Result result =
        check(
            SOUND.replace(
                "\"acr\": \"aal2\", \"deny\": false",
                "\"acr\": \"aal2\", \"factors\": [\"email\"]\n"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("action wire: none of its factors reaches its level, so that nobody can");
  }

  @Test
  void needsAFile() {
    for (List<String> arguments :
        List.of(
            List.of("policy"),
            List.of("policy", "check"),
            List.of("policy", "x", "y"),
            List.of("policy", "check", "/nowhere"))) {
      assertThatExceptionOfType(BadOptions.class)
          .isThrownBy(() -> PolicyCommand.run(arguments, System.out));
    }
  }
}
