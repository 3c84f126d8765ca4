package dev.stile.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.aws.Engines;
import dev.stile.challenge.ChallengeId;
import dev.stile.edge.MessageJson;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.message.Message.Envelope;
import dev.stile.message.Messages.QueueUnavailable;
import dev.stile.subject.Subject;
import dev.stile.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsFactsTest {
  private static final Subject ANN = Samples.subject();
  private static final FactorId FACTOR = FactorId.random(Samples.IDS);
  private static final ChallengeId CHALLENGE =
      ChallengeId.random(Samples.IDS, FactorKind.SMS, FACTOR, 1);
  private static final Instant AT = Instant.parse("2026-11-22T08:00:31.204Z");
  private static final Envelope ENVELOPE =
      new Envelope("evt_1", Instant.parse("2026-11-23T08:00:31Z"), "request-1");

  private static EmbeddedSqs engine;
  private static SqsClient sqs;
  private static FactQueueUrls queues;

  @BeforeAll
  static void start() {
    engine = EmbeddedSqs.start();
    sqs = Engines.clients(engine).sqs();
    queues = new FactQueueUrls(queue("events"), queue("notifications"), queue("unreadable"));
  }

  private static String queue(String name) {
    return sqs.createQueue(queue -> queue.queueName(name)).queueUrl();
  }

  @AfterAll
  static void stop() {
    sqs.close();
    engine.close();
  }

  @Test
  void putsEachTypeIntoItsQueueAsItIs() {
    var facts = new SqsFacts(sqs, queues);
    List<Fact> events =
        List.of(
            new FactorVerified(ENVELOPE, ANN, FACTOR, AT),
            new FactorLocked(ENVELOPE, ANN, FACTOR, AT),
            new ChallengeFailed(ENVELOPE, ANN, CHALLENGE, AT));
    var due = new NoticeDue(ENVELOPE, ANN, AT);
    events.forEach(facts::send);
    facts.send(due);
    assertThat(bodies(queues.factorEvents()).stream().map(MessageJson::read))
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(bodies(queues.notifications()).stream().map(MessageJson::read)).containsExactly(due);
  }

  @Test
  void setsAsideNothingButThePlaceInTheStream() {
    new SqsFacts(sqs, queues).setAside("record-1", "000000000000000000007");
    assertThat(bodies(queues.unreadable()))
        .singleElement()
        .asString()
        .contains("record-1", "000000000000000000007");
  }

  @Test
  void saysWhenAQueueIsMissing() {
    var facts = new SqsFacts(sqs, new FactQueueUrls(queues.factorEvents() + "-gone", "", ""));
    assertThatThrownBy(() -> facts.send(new FactorLocked(ENVELOPE, ANN, FACTOR, AT)))
        .isInstanceOf(QueueUnavailable.class)
        .hasMessage("the queue did not take factor.locked");
  }

  private static List<String> bodies(String queue) {
    return sqs
        .receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }
}
