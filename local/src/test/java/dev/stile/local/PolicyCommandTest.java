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
import java.util.ArrayList;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "\"totp\"]} § \"totp\"], \"min_factors\": 2} § level aal2: no factors reach it",
        "\"totp\"]} § \"totp\"], \"phishing_resistant\": true} § level aal2: no factors reach it",
        "\"totp\"]} § \"webauthn\"], \"hardware\": true} § level aal2: no passkey reaches it, for"
            + " no client asks for attestation",
        "\"acr\": \"aal2\", \"deny\": false § \"chain\": [{\"factors\": [\"totp\", \"sms\"]},"
            + " {\"factors\": [\"sms\"]}] § action wire: sms in step 1 leads nowhere"
      })
  void findsWhatNobodyReaches(String part, String change, String finding) throws IOException {
    assertThat(SOUND).contains(part);
    Result result = check(SOUND.replace(part, change));
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("  without effect: " + finding + "\n");
  }

  @Test
  void findsAChainThatNobodyCanGoThrough() throws IOException {
    String twice = "\"chain\": [{\"factors\": [\"sms\"]}, {\"factors\": [\"sms\"]}]\n";
    Result result = check(SOUND.replace("\"acr\": \"aal2\", \"deny\": false", twice));
    assertThat(result.output()).contains("action wire: none of its factors reaches its level");
  }

  private Result explain(String document, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.json"), document);
    var out = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of("policy", "explain", file.toString()));
    arguments.addAll(List.of(options));
    int exitCode = PolicyCommand.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    return new Result(exitCode, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void explainsADecisionWithItsReasons() throws IOException {
    assertThat(explain(SOUND, "--action", "wire", "--factors", "sms,totp"))
        .isEqualTo(
            new Result(
                0,
                """
                action wire
                  challenge 1: totp
                    action wire asks for aal2
                    strongest usable factor is totp
                  grant: acr aal2, amr otp, for 300 seconds
                """));
  }

  @Test
  void explainsAChainToItsEnd() throws IOException {
    String chained =
        SOUND
            .replace(
                "\"acr\": \"aal2\", \"deny\": false",
                "\"chain\": [{\"factors\": [\"totp\", \"sms\"]}, {\"factors\": [\"email\"]}],"
                    + " \"single_use\": true")
            .replace("{\"action\": \"wire\"}", "{\"action\": \"wire\", \"guard\": true}");
    assertThat(explain(chained, "--action", "wire", "--factors", "totp,sms,email"))
        .isEqualTo(
            new Result(
                0,
                """
                action wire
                  challenge 1: totp (or sms)
                    action wire asks for aal1
                    factor 1 of 2 that have to pass
                    strongest usable factor is totp
                  challenge 2: email
                    action wire asks for aal1
                    factor 2 of 2 that have to pass
                    strongest usable factor is email
                  grant: acr aal2, amr otp mfa, for 300 seconds, for one use
                """));
  }

  @Test
  void explainsWhyThereIsNoGrant() throws IOException {
    assertThat(explain(SOUND, "--action", "wire", "--factors", "sms,webauthn:no-uv"))
        .isEqualTo(
            new Result(
                1,
                """
                action wire
                  no grant with these factors
                    the action asks for aal2
                    sms reaches aal1 alone
                    webauthn reaches no level alone
                """));
    assertThat(explain(SOUND, "--action", "gone", "--factors", "totp").output())
        .isEqualTo("action gone: denied, the policy does not know it\n");
    assertThat(
            explain(SOUND, "--action", "wire", "--factors", "totp", "--acr-values", "aal9")
                .output())
        .isEqualTo("action wire: denied, the policy knows none of these levels\n");
    assertThat(explain(SOUND.replace("tenant", "renter"), "--action", "wire", "--factors", "totp"))
        .extracting(Result::exitCode)
        .isEqualTo(1);
  }

  @Test
  void needsAFile() {
    for (List<String> arguments :
        List.of(
            List.of("policy"),
            List.of("policy", "explain", "f", "--action"),
            List.of("policy", "explain", "f", "--actions", "wire"),
            List.of("policy", "explain", "f", "--action", "wire"),
            List.of("policy", "explain", "f", "--action", "wire", "--factors", "pigeon"),
            List.of("policy", "explain", "f", "--action", "wire", "--factors", "sms:hardware"),
            List.of("policy", "check"),
            List.of("policy", "x", "y"),
            List.of("policy", "check", "/nowhere"))) {
      assertThatExceptionOfType(BadOptions.class)
          .isThrownBy(() -> PolicyCommand.run(arguments, System.out));
    }
  }
}
