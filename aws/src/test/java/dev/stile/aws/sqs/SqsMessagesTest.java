package dev.stile.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.aws.Engines;
import dev.stile.challenge.ChallengeId;
import dev.stile.edge.MessageJson;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.key.RandomIds;
import dev.stile.message.Message;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.message.Messages.QueueUnavailable;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsMessagesTest {
  private static final RandomIds IDS = new RandomIds(new SecureRandom());
  private static final Subject ANN = new Subject(new Tenant("default"), "ann");
  private static final ChallengeId CHALLENGE =
      ChallengeId.random(IDS, FactorKind.SMS, FactorId.random(IDS), 1);
  private static final Envelope ENVELOPE =
      new Envelope("msg_1", Instant.parse("2026-11-22T08:05:00Z"), "trace");

  private static EmbeddedSqs engine;
  private static SqsClient sqs;
  private static QueueUrls queues;

  @BeforeAll
  static void start() {
    engine = EmbeddedSqs.start();
    sqs = Engines.clients(engine).sqs();
    queues =
        new QueueUrls(
            sqs.createQueue(queue -> queue.queueName("requests")).queueUrl(),
            sqs.createQueue(queue -> queue.queueName("deliveries")).queueUrl());
  }

  @AfterAll
  static void stop() {
    sqs.close();
    engine.close();
  }

  @Test
  void putsEachTypeIntoItsQueue() {
    var messages = new SqsMessages(sqs, queues);
    var requested = new ChallengeRequested(ENVELOPE, ANN, CHALLENGE);
    var deliver = new OtpDeliver(ENVELOPE, ANN, CHALLENGE, 2);

    messages.send(requested);
    messages.send(deliver);

    assertThat(received(queues.challengeRequests())).containsExactly(requested);
    assertThat(received(queues.otpDeliveries())).containsExactly(deliver);
  }

  @Test
  void saysWhenAQueueIsMissing() {
    var messages =
        new SqsMessages(sqs, new QueueUrls(queues.challengeRequests() + "-gone", "unused"));

    assertThatThrownBy(() -> messages.send(new ChallengeRequested(ENVELOPE, ANN, CHALLENGE)))
        .isInstanceOf(QueueUnavailable.class)
        .hasMessage("the queue did not take challenge.requested");
  }

  @Test
  void saysWhenNobodyAnswers() {
    var gone = EmbeddedSqs.start();
    try (SqsClient client = Engines.clients(gone).sqs()) {
      gone.close();
      var messages = new SqsMessages(client, queues);

      assertThatThrownBy(() -> messages.send(new OtpDeliver(ENVELOPE, ANN, CHALLENGE, 1)))
          .isInstanceOf(QueueUnavailable.class);
    }
  }

  private static List<Message> received(String queue) {
    return sqs
        .receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(message -> MessageJson.read(message.body()))
        .toList();
  }
}
