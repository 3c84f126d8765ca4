package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.key.RandomIds;
import dev.stile.message.Message;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.problem.ProblemCode;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueEdgeTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final ChallengeId CHALLENGE =
      ChallengeId.random(
          new RandomIds(new SecureRandom()), FactorKind.SMS, FactorId.of(new byte[16]), 1);
  private static final Subject ANN = new Subject(new Tenant("acme"), "auth0|Jürg 😀");
  private static final Envelope ENVELOPE =
      new Envelope("msg-1", NOW.plusSeconds(300), "Root=1-6868f0c1");
  private static final OtpDeliver DELIVER = new OtpDeliver(ENVELOPE, ANN, CHALLENGE, 2);
  private static final ChallengeRequested REQUESTED =
      new ChallengeRequested(ENVELOPE, ANN, CHALLENGE);

  @Nested
  class Working {
    private final Lines lines = new Lines();
    private final QueueEdge edge = new QueueEdge(Clock.fixed(NOW, ZoneOffset.UTC), lines.log);

    @Tag("R33")
    @Test
    void putsBackOnlyWhatFailed() {
      List<OtpDeliver> worked = new ArrayList<>();
      var event =
          batch(
              MessageJson.write(DELIVER),
              "not json",
              MessageJson.write(DELIVER),
              MessageJson.write(REQUESTED),
              null,
              MessageJson.write(DELIVER));
      SQSBatchResponse response =
          edge.work(
              event,
              OtpDeliver.class,
              message -> {
                worked.add(message);
                if (worked.size() == 2) {
                  throw new IllegalStateException("the carrier said +41791234567");
                }
                return "sent";
              });
      assertThat(failures(response)).containsExactly("m1", "m2", "m3", "m4");
      assertThat(worked).hasSize(3).containsOnly(DELIVER);
      assertThat(lines.all()).hasSize(6);
      assertThat(lines.all().get(0)).contains("\"outcome\":\"sent\"", "\"type\":\"otp.deliver\"");
      assertThat(lines.all().get(1)).contains("\"outcome\":\"malformed\"");
      assertThat(lines.all().get(2)).contains("\"outcome\":\"failed\"", "IllegalStateException");
      assertThat(lines.all().get(3)).contains("\"outcome\":\"failed\"", "ClassCastException");
      assertThat(lines.text()).doesNotContain("+41", "Jürg", "not json", CHALLENGE.text());
    }

    @Test
    void putsNothingBackWhereAllWent() {
      var response =
          edge.work(batch(MessageJson.write(DELIVER)), OtpDeliver.class, message -> "sent");
      assertThat(failures(response)).isEmpty();
      JsonObject line = lines.only();
      assertThat(line.text("time")).isEqualTo("2026-07-01T12:00:00Z");
      assertThat(line.text("message_id")).isEqualTo("m0");
      assertThat(line.text("type")).isEqualTo("otp.deliver");
      assertThat(line.text("trace_id")).isEqualTo("Root=1-6868f0c1");
      assertThat(line.text("outcome")).isEqualTo("sent");
      assertThat(line.wholeNumber("ms")).isPresent();
      assertThat(line.text("channel")).isEqualTo(CHALLENGE.kind().wire());
      assertThat(line.wholeNumber("messages")).contains(1);
      assertThat(line.wholeNumber("deliveries")).contains(1);
      assertThat(line.object("_aws")).isPresent();
      line.noMore();
    }

    @Test
    void copesWithAnEmptyBatch() {
      assertThat(failures(edge.work(batch(), OtpDeliver.class, m -> "sent"))).isEmpty();
      assertThat(failures(edge.work(new SQSEvent(), OtpDeliver.class, m -> "sent"))).isEmpty();
      assertThat(lines.all()).isEmpty();
    }

    @Test
    void tellsTheWorkHowOftenAMessageCame() {
      var event = batch(MessageJson.write(DELIVER), MessageJson.write(DELIVER));
      event.getRecords().get(1).setAttributes(Map.of("ApproximateReceiveCount", "3"));
      edge.work(event, OtpDeliver.class, (message, receives) -> "receive " + receives);
      assertThat(lines.text()).contains("receive 1", "receive 3");
    }

    @Test
    void writesOneLineWhateverTheTraceHolds() {
      var forged = new Envelope("m", NOW, "a\r\n{\"forged\":1}");
      var message = new ChallengeRequested(forged, ANN, CHALLENGE);
      edge.work(batch(MessageJson.write(message)), ChallengeRequested.class, m -> "done");
      assertThat(lines.only().has("forged")).isFalse();
    }

    private List<String> failures(SQSBatchResponse response) {
      return response.getBatchItemFailures().stream()
          .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
          .toList();
    }

    private SQSEvent batch(@Nullable String... bodies) {
      List<SQSMessage> messages = new ArrayList<>();
      for (String body : bodies) {
        var message = new SQSMessage();
        message.setMessageId("m" + messages.size());
        message.setBody(body);
        messages.add(message);
      }
      var event = new SQSEvent();
      event.setRecords(messages);
      return event;
    }
  }

  @Nested
  class OnTheWire {
    private final String written = MessageJson.write(DELIVER);

    @Test
    void comesBackAsItWas() {
      for (Message message : List.of(DELIVER, REQUESTED)) {
        assertThat(MessageJson.read(MessageJson.write(message))).isEqualTo(message);
      }
      var moment = new Envelope("msg-1", NOW.plusMillis(999), "");
      var requested = new ChallengeRequested(moment, ANN, CHALLENGE);
      assertThat(MessageJson.read(MessageJson.write(requested)).envelope().expires())
          .isEqualTo(NOW);
    }

    @Test
    void isAFlatObjectOfIds() {
      JsonObject json = Json.object(written.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(json.names())
          .containsExactly(
              "version",
              "type",
              "id",
              "expires_at",
              "trace_id",
              "tenant",
              "subject",
              "challenge",
              "generation");
      assertThat(json.wholeNumber("version")).contains(1);
      assertThat(json.text("type")).isEqualTo("otp.deliver");
      assertThat(json.text("expires_at")).isEqualTo("2026-07-01T12:05:00Z");
      assertThat(json.text("challenge")).isEqualTo(CHALLENGE.text());
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        delimiter = ';',
        value = {
          "version; 2; /version",
          "version; \"1\"; /version",
          "version; null; /version",
          "type; \"otp.sent\"; /type",
          "type; 1; /type",
          "id; 1; /id",
          "expires_at; \"tomorrow\"; /expires_at",
          "expires_at; \"2026-07-01\"; /expires_at",
          "expires_at; 1782907200; /expires_at",
          "trace_id; null; /trace_id",
          "tenant; \"A\"; /tenant",
          "tenant; \"\"; /tenant",
          "subject; \"\"; /subject",
          "subject; \"a\\n\"; /subject",
          "challenge; \"chl_x\"; /challenge",
          "challenge; \"fct_aaaaaaaaaaaaaaaaaaaaaaaaaa\"; /challenge",
          "generation; \"2\"; /generation",
          "generation; 1.5; /generation",
          "generation; 0; /generation",
          "generation; -1; /generation",
          "more; 1; /more"
        })
    void isRefusedWhereAMemberIsWrong(String name, String value, String pointer) {
      String changed = without(name);
      changed = changed.substring(0, changed.length() - 1) + ",\"" + name + "\":" + value + "}";
      assertRefused(changed, pointer);
    }

    static Stream<String> members() {
      return Stream.of(
          "version",
          "type",
          "id",
          "expires_at",
          "trace_id",
          "tenant",
          "subject",
          "challenge",
          "generation");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("members")
    void isRefusedWhereAMemberIsMissing(String name) {
      assertRefused(without(name), "/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{}{}", "\ufeff{}"})
    void isRefusedWhereItIsNoObject(String text) {
      assertRefused(text, "");
    }

    @Test
    void isRefusedWithAGenerationWhereNoneBelongs() {
      assertRefused(written.replace("otp.deliver", "challenge.requested"), "/generation");
    }

    private String without(String name) {
      return written
          .replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\d+),?", "")
          .replaceFirst(",}$", "}");
    }

    private static void assertRefused(String text, String pointer) {
      var problem = Problems.of(() -> MessageJson.read(text));
      assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
      assertThat(problem.members()).containsEntry("pointer", pointer);
    }
  }
}
