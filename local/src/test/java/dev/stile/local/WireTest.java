package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.key.Base32;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What goes between the functions and out of them.
class WireTest {
  private static AccountClients account(RunningStile stile) {
    return DaggerAccountClients.factory().create(stile.server().engines().environment());
  }

  private static String queue(SqsClient sqs, String name) {
    return sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
  }

  private static int waiting(SqsClient sqs, String name) {
    var count = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    return Integer.parseInt(
        Objects.requireNonNull(
            sqs.getQueueAttributes(get -> get.queueUrl(queue(sqs, name)).attributeNames(count))
                .attributes()
                .get(count)));
  }

  @Nested
  class WithoutPollers {
    @RegisterExtension static final RunningStile STILE = new RunningStile();
    private final User user = STILE.user();

    @Test
    void nothingIsDelivered() {
      Mailbox phone = user.phone();
      SqsClient sqs = account(STILE).sqs();
      STILE.server().stopPollers();

      String challenge = user.challenge("login", phone).id();
      assertThat(waiting(sqs, "stile-otp-deliveries")).isEqualTo(1);
      Answer shown = user.read(challenge);
      assertThat(shown.text("/status")).isEqualTo("pending");
      assertThat(shown.text("/delivery/status")).isEqualTo("queued");
      assertThat(shown.at("/poll_after").asInt()).isPositive();
      assertThat(phone.messages()).hasSize(1);

      User other = STILE.user();
      Mailbox pending = other.pendingPhone(null);
      assertThat(waiting(sqs, "stile-challenge-requests")).isEqualTo(1);
      assertThat(other.read(pending.challenge()).text("/status")).isEqualTo("requested");
      other.activate(pending.id(), "123456", null).refuses(409, "challenge_not_ready");
      other.resend(pending.challenge()).refuses(409, "challenge_not_ready");
      assertThat(pending.messages()).isEmpty();
    }
  }

  @Nested
  class TheLog {
    @RegisterExtension static final RunningStile STILE = new RunningStile();
    private final User user = STILE.user();

    private List<JsonNode> lines() {
      return STILE.log().stream().map(Body::read).toList();
    }

    private List<JsonNode> linesOf(String requestId) {
      return lines().stream()
          .filter(line -> line.at("/request_id").asText().equals(requestId))
          .toList();
    }

    @Test
    void hasOneJsonLinePerRequest() {
      String id = user.factor("fct_unknown").refuses(404, "not_found").text("/request_id");
      JsonNode line = Patience.until("the line", () -> linesOf(id).stream().findFirst());
      assertThat(line.at("/route").asText()).isEqualTo("GET /v1/factors/{factor_id}");
      assertThat(line.at("/status").asInt()).isEqualTo(404);
      assertThat(line.at("/code").asText()).isEqualTo("not_found");
      assertThat(line.at("/ms").isNumber()).isTrue();
      assertThat(linesOf(id)).hasSize(1);
    }

    @Test
    void hasOneJsonLinePerMessage() {
      Mailbox phone = user.pendingPhone(null);
      phone.code();
      user.delivered(phone.challenge());
      JsonNode line =
          Patience.until(
              "the line of the delivery",
              () ->
                  lines().stream()
                      .filter(one -> one.at("/outcome").asText().equals("sent"))
                      .findFirst());
      assertThat(line.at("/message_id").asText()).isNotEmpty();
      assertThat(line.at("/type").asText()).isEqualTo("otp.deliver");
    }

    @Test
    void keepsHeadersFromWritingLinesOfTheirOwn() {
      String trace = "Root=1-x\",\"status\":200}{\"";
      String id =
          user.send("GET", "/v1/factors/x", null, Map.of("X-Amzn-Trace-Id", trace))
              .refuses(404, "not_found")
              .text("/request_id");
      JsonNode line = Patience.until("the line", () -> linesOf(id).stream().findFirst());
      assertThat(line.at("/status").asInt()).isEqualTo(404);
    }
  }

  @Nested
  class Secrets {
    @RegisterExtension static final RunningStile STILE = new RunningStile();
    private final Sinks sinks = new Sinks(STILE.server().engines());
    private final SqsClient sqs = sinks.sqs();
    private final Leaks leaks = new Leaks();

    @Test
    void areInNoLogNoTableNoStreamNoQueueAndNoTrace() {
      live();
      assertThat(leaks.size()).isGreaterThan(35);
      List<String> log = STILE.log();
      List<String> table = sinks.table();
      List<String> queued = queued();
      assertThat(log).hasSizeGreaterThan(30);
      assertThat(table).hasSizeGreaterThan(5);
      assertThat(queued).hasSizeGreaterThanOrEqualTo(3);
      assertThat(leaks.in(log)).as("the log").isEmpty();
      assertThat(leaks.in(table)).as("the table").isEmpty();
      List<String> streamed = sinks.stream();
      assertThat(streamed).hasSizeGreaterThan(50);
      assertThat(leaks.in(streamed)).as("the stream").isEmpty();
      assertThat(leaks.in(queued)).as("the queues").isEmpty();
      String trace = STILE.api().get("/local/trace").is(200).body();
      assertThat(trace).contains("\"UpdateItem\"", "\"Publish\"", "\"SendEmail\"");
      assertThat(leaks.in(List.of(trace))).as("the trace").isEmpty();

      // And the search does find what is there.
      leak("+41790000042", "012345", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln");
    }

    /// A life with every kind of secret in it.
    private void live() {
      User user = user();
      Authenticator app = user.pendingApp(null, "algorithm", "SHA256");
      leaks.add("seed", app.secret());
      leaks.add("seed", app.seed());
      code(user, app.wrong(), code -> user.activate(app.id(), code, null).is(422));
      code(user, app.code(), code -> user.activate(app.id(), code, null).is(200));
      String grant = granted(user, app);
      Mailbox phone = user.pendingPhone(grant);
      prove(user, phone, grant);
      String another = granted(user, app);
      Mailbox email = user.pendingEmail(another);
      prove(user, email, another);
      for (Mailbox box : List.of(phone, email)) {
        String challenge = user.challenge("transfer", box).id();
        String first = box.code();
        leaks.add("code", first);
        box.rest();
        user.resend(challenge).is(200);
        code(user, box.code(), code -> user.verify(challenge, code).is(200));
        code(user, first, code -> user.verify(challenge, code).is(409));
      }
      user.post("/v1/factors", Body.of("type", "sms", "phone", "+8613800138000")).is(403);
      leaks.add("phone", "+8613800138000");
      user.send("GET", "/v1/factors", null, Map.of("Stile-Grant", granted(user, app))).is(200);
      user.post("/v1/challenges", "{\"code\":\"86420975\",").is(400);
      leaks.add("code", "86420975");
      user.remove(email.id(), granted(user, app)).is(204);
      recover(user, granted(user, app));
      STILE.server().stopPollers();
      phone.rest();
      phone.rest();
      STILE.time().advance(Duration.ofMinutes(10));
      user.signIn();
      leaks.add("token", user.token());
      user.ask("action", "login", "factor_id", phone.id()).is(201);
      User other = user();
      leaks.add("phone", other.pendingPhone(null).address());
      leaks.add("address", user().pendingEmail(null).address());
    }

    private void recover(User user, String grant) {
      Answer made =
          user.send("POST", "/v1/recovery-codes", null, Map.of("Stile-Grant", grant)).is(201);
      made.at("/codes")
          .forEach(code -> {
            String symbols = code.asText().replace("-", "");
            leaks.add("recovery code", code.asText());
            leaks.add("recovery code", symbols);
            leaks.add("recovery code", Base32.CROCKFORD.decode(symbols));
          });
      for (int status : List.of(200, 422)) {
        user.post(
                "/v1/verifications",
                Body.of("action", User.MANAGE, "recovery_code", made.text("/codes/0")))
            .is(status);
      }
    }

    private User user() {
      User user = STILE.user();
      leaks.add("token", user.token());
      leaks.add("signature", Tokens.signature(user.token()));
      return user;
    }

    private String granted(User user, Authenticator app) {
      String grant = user.grant(User.MANAGE, app);
      leaks.add("code", app.code());
      leaks.add("grant", grant);
      leaks.add("signature", Tokens.signature(grant));
      return grant;
    }

    private void prove(User user, Mailbox box, String grant) {
      leaks.add("destination", box.address());
      leaks.add("destination", box.address().replaceFirst("^\\+", ""));
      code(user, box.code(), code -> user.activate(box.id(), code, grant).is(200));
    }

    private void code(User user, String code, Consumer<String> use) {
      leaks.add("code of " + user.subject(), code);
      use.accept(code);
    }

    /// All messages, those in the dead-letter queues too; the first queue is emptied into its own.
    private List<String> queued() {
      List<String> texts = new ArrayList<>();
      for (String name : List.of("stile-challenge-requests", "stile-otp-deliveries")) {
        for (int i = 0; i <= 5; i++) {
          texts.addAll(receive(name));
        }
        assertThat(waiting(sqs, name)).isZero();
        assertThat(waiting(sqs, name + "-dlq")).isPositive();
        texts.addAll(receive(name + "-dlq"));
      }
      return texts;
    }

    private List<String> receive(String name) {
      return sqs
          .receiveMessage(receive ->
              receive
                  .queueUrl(queue(sqs, name))
                  .maxNumberOfMessages(10)
                  .visibilityTimeout(0)
                  .messageAttributeNames("All"))
          .messages()
          .stream()
          .map(Message::toString)
          .toList();
    }

    private void leak(String phone, String code, String token) {
      var planted = new Leaks();
      planted.add("phone", phone);
      planted.add("code", code);
      planted.add("token", token);
      byte[] bytes = phone.getBytes(StandardCharsets.UTF_8);
      sinks
          .dynamo()
          .putItem(put ->
              put.tableName(LocalStile.TABLE)
                  .item(
                      Map.of(
                          "pk", AttributeValue.fromS("leak"),
                          "sk", AttributeValue.fromS("leak"),
                          "b", AttributeValue.fromB(SdkBytes.fromByteArray(bytes)))));
      assertThat(planted.in(sinks.table())).containsExactly("phone (0)");
      sqs.sendMessage(send ->
          send.queueUrl(queue(sqs, "stile-otp-deliveries-dlq"))
              .messageBody(
                  Base64.getUrlEncoder()
                      .encodeToString(("{" + code + "}").getBytes(StandardCharsets.UTF_8))));
      assertThat(planted.in(receive("stile-otp-deliveries-dlq"))).containsExactly("code (1)");
      Stream.of(
              "{\"x\":\"" + token + "\"}",
              HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8)),
              Base64.getEncoder()
                  .encodeToString(("Bearer " + token).getBytes(StandardCharsets.UTF_8)))
          .forEach(
              line -> assertThat(planted.in(List.of("before", line))).containsExactly("token (2)"));
      assertThat(planted.in(List.of("1012345678", "nothing"))).isEmpty();
    }
  }
}
