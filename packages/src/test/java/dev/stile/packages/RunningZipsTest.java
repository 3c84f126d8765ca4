package dev.stile.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.engines.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Every function from its zip, started by the real runtime interface client with the variables
/// that Terraform gives it, from the first factor to a grant and what is told of it. On the
/// engines; with `-Dstile.applied=<outputs>` on the emulator to which Terraform applied the minimal
/// example.
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux")
@EnabledIf(
    value = "isBuiltForThisMachine",
    disabledReason = "the zips were built for another architecture")
class RunningZipsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");

  @TempDir private static Path folder;
  private static final Map<String, Lambda> RUNNING = new HashMap<>();
  private static Account account;

  static boolean isBuiltForThisMachine() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return Zip.ARCHITECTURE.equals(arm ? "arm64" : "x86_64");
  }

  @BeforeAll
  static void open() throws IOException {
    account = Account.open();
    Zip.NAMES.forEach(name -> Zip.of(name).unpack(folder.resolve(name)));
  }

  @AfterAll
  static void close() {
    RUNNING.values().forEach(Lambda::close);
    account.close();
  }

  private static Lambda function(String name) {
    return RUNNING.computeIfAbsent(
        name,
        any -> {
          Deployed function = Deployed.function(name);
          return Lambda.start(
              folder.resolve(function.zip()),
              function.handler(),
              List.of(),
              account.environment(name));
        });
  }

  @Test
  void goFromAPhoneToAGrant() throws Exception {
    var ann = new User("ann", "+436641234567");
    activate(ann);
    JsonNode challenge =
        ask(201, "challenge", ann.asks("POST /v1/challenges", "", "{\"action\":\"login\"}"));
    work("delivery", "challenge", "STILE_OTP_DELIVERIES_URL");
    JsonNode verdict =
        ask(
            200,
            "verify",
            ann.asks(
                "POST /v1/challenges/{challenge_id}/verify",
                challenge.get("id").asText(),
                ann.code()));
    assertThat(verdict.at("/grant/token").asText().split("\\.")).hasSize(3);
  }

  @Test
  void publishSigningKeys() throws Exception {
    JsonNode answer = function("rotation").invoke(JSON.createObjectNode());
    assertThat(answer.at("/keys/0/alg").asText()).as(output("rotation")).isEqualTo("ES256");
  }

  /// Not on an emulator whose stream shows what was never in the table.
  @Test
  @DisabledIfSystemProperty(named = "stile.applied", matches = ".+")
  void tellOfWhatHappened() throws Exception {
    activate(new User("ben", "+436647654321"));
    ObjectNode changes = Events.changes(account.dynamo(), "stile");
    assertThat(function("relay").invoke(changes)).as(output("relay")).isEqualTo(nothingFailed());
    assertThat(account.sent(Sent.Published.class))
        .anyMatch(event -> event.message().contains("dev.stile.factor.added"));
    work("factor-events", "relay", "STILE_FACTOR_EVENTS_URL");
    work("notices", "relay", "STILE_NOTIFICATIONS_URL");
    assertThat(account.sent(Sent.Sms.class))
        .anyMatch(sms -> sms.to().equals("+436647654321") && sms.body().contains("Added to your"));
  }

  /// The trigger that decides answers; the one that calls Stile has all that it takes to call, and
  /// says that nobody is there.
  @Test
  @DisabledIfSystemProperty(named = "stile.applied", matches = ".+")
  void standInTheSignInOfAPool() throws Exception {
    Map<String, String> environment = account.environment("relay");
    environment.put("STILE_ISSUER", "https://127.0.0.1:1");
    environment.put("STILE_ACTION", "login");
    try (var define = trigger("define", environment);
        var create = trigger("create", environment)) {
      JsonNode answer = define.invoke(Events.signIn("DefineAuthChallenge", "SRP_A"));
      assertThat(answer.at("/response/challengeName").asText())
          .as(define.output())
          .isEqualTo("PASSWORD_VERIFIER");
      assertThatThrownBy(() -> create.invoke(Events.signIn("CreateAuthChallenge")))
          .as(create.output())
          .hasMessageContaining("unavailable");
    }
  }

  private static Lambda trigger(String name, Map<String, String> environment) {
    Deployed function = Objects.requireNonNull(Deployed.triggers().get(name));
    assertThat(environment.keySet()).containsAll(function.environment());
    return Lambda.start(folder.resolve(function.zip()), function.handler(), List.of(), environment);
  }

  /// Through four functions and two queues.
  private static void activate(User user) throws Exception {
    String phone = "{\"type\":\"sms\",\"phone\":\"" + user.phone() + "\"}";
    JsonNode factor = ask(201, "enroll", user.asks("POST /v1/factors", "", phone));
    work("challenge-requests", "challenge", "STILE_CHALLENGE_REQUESTS_URL");
    work("delivery", "challenge", "STILE_OTP_DELIVERIES_URL");
    JsonNode active =
        ask(
            200,
            "verify",
            user.asks(
                "POST /v1/factors/{factor_id}/activate", factor.get("id").asText(), user.code()));
    assertThat(active.get("status").asText()).isEqualTo("active");
  }

  private record User(String name, String phone) {
    ObjectNode asks(String route, String path, String body) {
      return Events.request(name, route, path, body);
    }

    /// What the user types after the last message.
    String code() {
      String message =
          account.sent(Sent.Sms.class).stream()
              .filter(sms -> sms.to().equals(phone))
              .reduce((earlier, later) -> later)
              .orElseThrow()
              .body();
      Matcher code = CODE.matcher(message);
      assertThat(code.find()).isTrue();
      return "{\"code\":\"" + code.group() + "\"}";
    }
  }

  private static JsonNode ask(int status, String function, ObjectNode request) throws Exception {
    JsonNode answer = function(function).invoke(request);
    assertThat(answer.path("statusCode").asInt())
        .as("%s%n%s", answer, output(function))
        .isEqualTo(status);
    return JSON.readTree(answer.get("body").asText());
  }

  /// Has the function work off the queue that the writer's variable names.
  private static void work(String function, String writer, String variable) throws Exception {
    String queue = account.environment(writer).get(variable);
    List<Message> messages =
        account
            .sqs()
            .receiveMessage(receive ->
                receive
                    .queueUrl(queue)
                    .maxNumberOfMessages(10)
                    .waitTimeSeconds((int) Duration.ofSeconds(5).toSeconds())
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages();
    assertThat(messages).as(variable).isNotEmpty();
    assertThat(function(function).invoke(Events.messages(messages)))
        .as(output(function))
        .isEqualTo(nothingFailed());
    for (Message message : messages) {
      account
          .sqs()
          .deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
    }
  }

  private static ObjectNode nothingFailed() {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("batchItemFailures");
    return answer;
  }

  private static String output(String function) throws IOException {
    return function(function).output();
  }
}
