package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Rehearsal;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Base32;
import dev.stile.key.Bytes;
import dev.stile.key.Secret;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Tampering;
import dev.stile.vendor.totp.GoogleAuthHotp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The rehearsals that functions play before a snapshot is taken. They are recorded here, with
/// `-Drehearsal=write`, and have to be recorded anew when what the functions ask of the table
/// changes.
class RehearsalTest {
  private static final String VERIFY = "POST /v1/challenges/{challenge_id}/verify";
  private static final String ACTIVATE = "POST /v1/factors/{factor_id}/activate";

  @Test
  void goesAllTheWayOfEveryFunction() {
    play(EnrollHandler.class, EnrollHandler::new);
    play(ChallengeHandler.class, ChallengeHandler::new);
    play(VerifyHandler.class, VerifyHandler::new);
  }

  @Test
  void approvesByEveryKindOfFactor() throws IOException {
    assertThat(Rehearsal.beside(VerifyHandler.class).steps())
        .filteredOn(step -> step.event().contains(VERIFY))
        .extracting(step -> Body.read(step.event()).at("/pathParameters/challenge_id").asText())
        .extracting(id -> new ChallengeId(id).kind())
        .contains(FactorKind.values());
    assertThat(Rehearsal.beside(VerifyHandler.class).steps())
        .allMatch(step -> step.expected().equals("\"statusCode\":200"))
        .anyMatch(step -> step.event().contains("recovery_code"));
  }

  @Test
  void tellsWhereAFunctionAnswersOtherwise() {
    assertThatIllegalStateException()
        .isThrownBy(() -> play(VerifyHandler.class, ChallengeHandler::new))
        .withMessageContaining("not \"statusCode\":200");
  }

  private static void play(Class<?> handler, Function<Surroundings, RequestStreamHandler> build) {
    Rehearsal.beside(handler)
        .play(
            build,
            (function, in, out) -> function.handleRequest(in, out, new LocalContext("r", "r")));
  }

  @Test
  @EnabledIfSystemProperty(named = "rehearsal", matches = "write")
  void isRecorded() throws IOException {
    try (var stage = new RehearsalStage()) {
      stage.clock.set(Instant.parse("2026-01-01T00:00:00Z"));
      stage.restart();
      play(stage, "1");
      // The keys are made now: what is kept is how they are found.
      stage.restart();
      play(stage, "2");
      stage.write();
      // By processes that hold every key.
      stage.forgetCalls();
      play(stage, "3");
      stage.writeCalls();
    }
  }

  private static void play(RehearsalStage stage, String run) throws IOException {
    app(stage, "app-" + run);
    sent(stage, "sms", "phone-" + run, Body.of("type", "sms", "phone", "+4179123456" + run));
    sent(
        stage,
        "email",
        "mail-" + run,
        Body.of("type", "email", "email", "mail" + run + "@stile.invalid"));
    passkey(stage, "passkey-" + run);
  }

  private static void app(RehearsalStage stage, String user) throws IOException {
    JsonNode factor = stage.call(201, user, "POST /v1/factors", "", Body.of("type", "totp"), "");
    String id = factor.at("/id").asText();
    String secret = factor.at("/secret").asText();
    if (user.endsWith("2")) {
      stage.keepApp(secret);
    }
    stage.call(200, user, ACTIVATE, id, Body.of("code", code(stage, secret)), "");
    stage.measure("totp", user, () -> verify(stage, user, "pay", code(stage, secret)));
    stage.measure(
        "totp at once",
        user,
        () ->
            stage.call(
                200,
                user,
                "POST /v1/verifications",
                "",
                Body.of("action", "pay", "code", code(stage, secret)),
                ""));
    String grant = verify(stage, user, "manage-factors", code(stage, secret));
    JsonNode codes = stage.call(201, user, "POST /v1/recovery-codes", "", "", grant);
    stage.call(
        200,
        user,
        "POST /v1/verifications",
        "",
        Body.of("action", "manage-factors", "recovery_code", codes.at("/codes/0").asText()),
        "");
  }

  private static String code(RehearsalStage stage, String secret) {
    stage.pass(Duration.ofMinutes(1));
    long step = TotpParameters.USUAL.stepAt(stage.clock.instant());
    return new GoogleAuthHotp()
        .digits(Secret.of(Base32.UPPER.decode(secret)), TotpParameters.USUAL, step);
  }

  private static String verify(RehearsalStage stage, String user, String action, String code)
      throws IOException {
    JsonNode asked =
        stage.call(201, user, "POST /v1/challenges", "", Body.of("action", action), "");
    String id = asked.at("/id").asText();
    return stage.call(200, user, VERIFY, id, Body.of("code", code), "").at("/grant/token").asText();
  }

  private static JsonNode ask(RehearsalStage stage, String user) throws IOException {
    return stage.call(201, user, "POST /v1/challenges", "", Body.of("action", "login"), "");
  }

  private static void sent(RehearsalStage stage, String kind, String user, String factor)
      throws IOException {
    stage.pass(Duration.ofMinutes(1));
    String id = stage.call(201, user, "POST /v1/factors", "", factor, "").at("/id").asText();
    stage.call(200, user, ACTIVATE, id, Body.of("code", stage.code()), "");
    stage.pass(Duration.ofMinutes(1));
    stage.measure(
        kind,
        user,
        () -> {
          String challenge = ask(stage, user).at("/id").asText();
          return stage.call(200, user, VERIFY, challenge, Body.of("code", stage.code()), "");
        });
  }

  private static void passkey(RehearsalStage stage, String user) throws IOException {
    Passkey passkey = Passkey.of(Passkey.Model.SECURITY_KEY);
    JsonNode factor =
        stage.call(201, user, "POST /v1/factors", "", Body.of("type", "webauthn"), "");
    JsonNode creation = factor.at("/webauthn");
    Bytes handle = Bytes.ofText(creation.at("/user/id").asText());
    var made =
        passkey.create(options(creation, creation.at("/rp/id").asText(), handle), Tampering.NONE);
    stage.call(
        200,
        user,
        ACTIVATE,
        factor.at("/id").asText(),
        Body.of("credential", PasskeyJson.members(made)),
        "");
    stage.measure(
        "webauthn",
        user,
        () -> {
          JsonNode asked = ask(stage, user);
          JsonNode request = asked.at("/webauthn");
          String party = request.at("/rpId").asText();
          var assertion = passkey.get(options(request, party, handle), Tampering.NONE);
          return stage.call(
              200,
              user,
              VERIFY,
              asked.at("/id").asText(),
              Body.of("credential", PasskeyJson.members(assertion)),
              "");
        });
  }

  private static Options options(JsonNode options, String party, Bytes handle) {
    return new Options(
        party, RehearsalStage.BASE, Bytes.ofText(options.at("/challenge").asText()), handle);
  }
}
