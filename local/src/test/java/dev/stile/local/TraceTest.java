package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the local mode tells of the calls behind a request.
class TraceTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  private final User user = STILE.user();

  /// The first runs of these functions that a request set off, once all of them are over. Others
  /// may run between them.
  private static List<JsonNode> steps(Answer answer, String... functions) {
    String id = answer.header("Apigw-Requestid").orElseThrow();
    return Patience.until(
        List.of(functions) + " for " + id,
        () -> {
          List<JsonNode> all = list(STILE.api().get("/local/trace?id=" + id).is(200).json());
          List<JsonNode> found =
              Stream.of(functions).flatMap(name -> first(all, name).stream()).toList();
          return Optional.of(found).filter(steps -> steps.size() == functions.length);
        });
  }

  private static Optional<JsonNode> first(List<JsonNode> steps, String function) {
    return steps.stream()
        .filter(step -> step.at("/function").asText().equals(function))
        .findFirst();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static List<String> operations(JsonNode step) {
    return list(step.at("/calls")).stream().map(call -> call.at("/operation").asText()).toList();
  }

  @Test
  void showsThatAVerdictOfASentCodeIsOneWrite() {
    Mailbox phone = user.phone();
    String challenge = user.challenge("transfer", phone).id();
    Answer verdict = user.verify(challenge, phone.code()).is(200);

    List<JsonNode> steps = steps(verdict, "verify");

    assertThat(steps.getFirst().at("/occasion/route").asText())
        .isEqualTo("POST /v1/challenges/{challenge_id}/verify");
    assertThat(steps.getFirst().at("/outcome").asText()).isEqualTo("200");
    assertThat(operations(steps.getFirst())).containsExactly("UpdateItem");
    JsonNode call = steps.getFirst().at("/calls/0");
    assertThat(call.at("/outcome").asText()).isEqualTo("done");
    JsonNode item = call.at("/items/0");
    assertThat(item.at("/pk").asText()).isEqualTo("T#default#U#" + user.subject());
    assertThat(item.at("/sk").asText()).isEqualTo("F#" + phone.id());
    assertThat(item.at("/condition").asText())
        .contains("ch.%s.st = :pending AND ch.%<s.own = :own".formatted(challenge))
        .contains("ch.%s.exp > :now".formatted(challenge), "failures < :disabled");
    assertThat(item.at("/update").asText()).contains("ok.‹digest›.st").doesNotContain("#");
    assertThat(item.at("/values/:pending").asText()).isEqualTo("pending");
    assertThat(item.at("/values/:own").asText()).isEqualTo("‹text›");
  }

  @Test
  void followsACodeThroughTheQueueToTheCarrier() {
    Mailbox phone = user.phone();
    Answer created = user.challenge("login", phone);

    List<JsonNode> steps = steps(created, "challenge", "delivery worker");

    assertThat(operations(steps.getFirst())).contains("TransactWriteItems").endsWith("SendMessage");
    JsonNode sent = list(steps.getFirst().at("/calls")).getLast();
    assertThat(sent.at("/queue").asText()).isEqualTo("stile-otp-deliveries");
    JsonNode message = Body.read(sent.at("/message").asText());
    assertThat(message.at("/type").asText()).isEqualTo("otp.deliver");
    assertThat(message.at("/challenge").asText()).isEqualTo(created.id());
    JsonNode worker = steps.getLast();
    assertThat(worker.at("/occasion/queue").asText()).isEqualTo("stile-otp-deliveries");
    assertThat(worker.at("/occasion/messages/0").asText()).isEqualTo(sent.at("/message").asText());
    assertThat(operations(worker)).containsExactly("UpdateItem", "Publish", "UpdateItem");
    assertThat(worker.at("/calls/1/to").asText())
        .isEqualTo("…" + phone.address().substring(phone.address().length() - 2));
  }

  @Test
  void followsAnEnrollmentThroughBothQueues() {
    Answer enrolled = user.enroll(null, "type", "email", "email", STILE.address()).is(201);
    assertThat(steps(enrolled, "enroll", "challenge", "delivery worker")).hasSize(3);
  }

  @Test
  void followsAVerdictThroughTheStream() {
    Mailbox phone = user.phone();
    String challenge = user.challenge("login", phone).id();
    Answer verdict = user.verify(challenge, phone.code()).is(200);
    JsonNode relay = steps(verdict, "verify", "relay").getLast();
    assertThat(relay.at("/occasion/type").asText()).isEqualTo("stream");
    assertThat(operations(relay)).isNotEmpty();
  }

  @Test
  void tellsARefusedConditionFromAFault() {
    Mailbox phone = user.phone();
    String challenge = user.challenge("login", phone).id();
    String code = phone.code();
    user.verify(challenge, code).is(200);
    Answer again = user.verify(challenge, code).refuses(409, "already_completed");
    JsonNode call = steps(again, "verify").getFirst().at("/calls/0");
    assertThat(call.at("/outcome").asText()).isEqualTo("refused");
    assertThat(call.at("/why").asText()).isEqualTo("ConditionalCheckFailedException");
  }

  @Test
  void knowsNothingOfARequestThatNeverWas() {
    assertThat(list(STILE.api().get("/local/trace?id=x").is(200).json())).isEmpty();
  }
}
