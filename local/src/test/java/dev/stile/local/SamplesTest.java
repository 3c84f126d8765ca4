package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.audit.Log;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.door.SignedCalls;
import dev.stile.aws.door.SignedStepUps;
import dev.stile.aws.dynamo.DynamoSignIns;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.TriggerSurroundings;
import dev.stile.lambda.cognito.UserPool;
import dev.stile.lambda.cognito.UserPool.SignInFlow;
import dev.stile.signin.SignIns;
import dev.stile.signin.StepUps;
import dev.stile.signin.StepUps.Unavailable;
import dev.stile.testing.Race;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What others build on Stile: the programs of samples/, each by its one command, Auth0's Action,
/// and the triggers of a Cognito pool, all against the whole of it.
class SamplesTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Nested
  class ASample {
    @TempDir private Path folder;

    @Test
    void asksForASecondFactorInALoginFlow() throws Exception {
      assertThat(node("samples/login.mjs"))
          .hasSize(4)
          .contains("Ann has the password right and a phone on file.")
          .contains("Wrong code: not let in.")
          .contains("Right code: let in, acr aal2, amr otp sms.");
    }

    @Test
    void sendsACodeAndNothingElse() throws Exception {
      assertThat(node("samples/phone.mjs"))
          .containsExactly("Wrong code: not theirs.", "Right code: theirs.");
    }

    @Test
    void enrollsAnAppAndAPasskey() throws Exception {
      assertThat(node("samples/enroll.mjs"))
          .containsExactly(
              "The app is active.",
              "The passkey is active.",
              "Stepped up: acr aal2, amr hwk user.");
    }

    @Test
    void stepsUpForAnApiBehindTheAuthorizer() throws Exception {
      assertThat(node("samples/api.mjs"))
          .containsExactly(
              "With the access token alone: 401.",
              "With a step-up: 200.",
              "With the same grant again: 409.");
    }

    @Test
    void passesTheTestsOfTheActionThePageAndThePoolsClient() throws Exception {
      assertThat(
              node(
                  "--test",
                  "--test-reporter=tap",
                  "auth0/post-login.test.mjs",
                  "samples/auth0-page.test.mjs",
                  "samples/cognito/sign-in.test.mjs"))
          .contains("# fail 0", "# skipped 0", "# pass 33");
    }

    private List<String> node(String... arguments) throws IOException, InterruptedException {
      if (Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
          .noneMatch(path -> Files.isExecutable(Path.of(path, "node")))) {
        throw Skipped.because("no node: samples/ and auth0/ are not run");
      }
      File out = folder.resolve("out").toFile();
      var builder =
          new ProcessBuilder(Stream.concat(Stream.of("node"), Stream.of(arguments)).toList());
      builder.environment().put("STILE", STILE.api().base().toString());
      builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
      Process process =
          builder.directory(HOME.toFile()).redirectErrorStream(true).redirectOutput(out).start();
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      String said = Files.readString(out.toPath());
      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said.lines().toList();
    }
  }

  @Nested
  class ACognitoPool {
    private final User user = STILE.user();
    private final UserPool pool = new UserPool(around(STILE.api().base()));

    @Test
    void demandsAFactorAndTellsWhatWasProven() {
      Mailbox phone = user.phone();
      phone.rest();
      SignInFlow flow = pool.signIn(user.subject());
      JsonNode shown = flow.challenge();
      assertThat(shown.get("type").asText()).isEqualTo("sms");
      String code = phone.code();
      assertThat(flow.answer(Mailbox.wrong(code, 1))).isFalse();
      assertThat(flow.mayAnswerAgain()).isTrue();
      assertThat(flow.challenge().get("challenge")).isEqualTo(shown.get("challenge"));
      assertThat(flow.answer(code)).isTrue();
      JsonNode claims = flow.accessToken();
      assertThat(claims.get("stile_acr").asText()).isEqualTo("aal2");
      assertThat(claims.get("stile_amr").asText()).isEqualTo("otp sms");
      assertThat(flow.accessToken()).isEmpty();
    }

    @Test
    @Tag("R03")
    void takesACodeOnceFromAnswersInParallel() {
      Authenticator app = user.app();
      app.rest();
      SignInFlow flow = pool.signIn(user.subject());
      assertThat(flow.challenge().get("type").asText()).isEqualTo("totp");
      String code = app.code();
      List<Boolean> all = Race.of(4, i -> flow.isRight(code));
      assertThat(all).filteredOn(right -> right).hasSize(1);
      assertThat(flow.isRight(code)).isFalse();
    }

    @Test
    @Tag("R05")
    void takesNoAnswerToTheChallengeOfAnother() {
      Authenticator app = user.app();
      app.rest();
      SignInFlow flow = pool.signIn(user.subject());
      String challenge = flow.challenge().get("challenge").asText();
      var asked = new StepUps.Asked(challenge, "totp");
      assertThat(around(STILE.api().base()).stepUps().answer("eve", asked, app.code()))
          .isEqualTo(new StepUps.Outcome.Rejected("not_found"));
      assertThat(flow.answer(app.code())).isTrue();
    }

    @Test
    void tellsThatAUserHasNoFactor() {
      assertThat(around(STILE.api().base()).stepUps().open(user.subject()))
          .isEqualTo(new StepUps.Opening.Refused("no_factor"));
    }

    /// Cognito waits for 5 seconds.
    @Test
    @Tag("R32")
    void isToldInTimeThatStileIsGone() {
      StepUps gone = around(URI.create("http://127.0.0.1:1")).stepUps();
      assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> gone.open(user.subject()));
    }

    private record Around(StepUps stepUps, SignIns signIns, Clock clock, Log log)
        implements TriggerSurroundings {}

    private static TriggerSurroundings around(URI stile) {
      AwsEnvironment environment = STILE.server().engines().environment();
      var calls = new SignedCalls(stile, environment, Duration.ofSeconds(30));
      var table =
          new StileTable(Stage.account(STILE.server().engines()).dynamoDb(), LocalStile.TABLE);
      return new Around(
          new SignedStepUps(calls, "login"),
          new DynamoSignIns(table),
          Clock.systemUTC(),
          line -> {});
    }
  }
}
