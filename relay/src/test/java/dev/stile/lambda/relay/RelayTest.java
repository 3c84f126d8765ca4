package dev.stile.lambda.relay;

import static dev.stile.lambda.relay.Changes.NOW;
import static dev.stile.lambda.relay.Changes.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.stile.audit.AuditRecord;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Status;
import dev.stile.edge.StreamEdge;
import dev.stile.factor.FactorKind;
import dev.stile.memory.InMemoryAuditTrail;
import dev.stile.memory.InMemoryNotices;
import dev.stile.memory.InMemoryStore;
import dev.stile.message.EventTopic;
import dev.stile.message.EventTopic.TopicUnavailable;
import dev.stile.message.Fact;
import dev.stile.message.Facts;
import dev.stile.message.Messages.QueueUnavailable;
import dev.stile.outbox.Change;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final String SECRET = "a message of a library that quotes its input";

  private final Changes sms = new Changes(FactorKind.SMS);
  private final Challenge pending = sms.challenge(Status.PENDING);
  private final Map<String, Change> streamed = new HashMap<>();
  private final InMemoryAuditTrail trail = new InMemoryAuditTrail();
  private final InMemoryNotices notices = new InMemoryNotices(new InMemoryStore());
  private final Queues queues = new Queues();
  private final Topic topic = new Topic();
  private final List<Map<String, Object>> log = new ArrayList<>();
  private final StreamEdge edge =
      new StreamEdge(
          Clock.fixed(NOW, ZoneOffset.UTC),
          log::add,
          written -> Optional.of(found(written.getEventID())),
          queues);
  private final Tellings tellings = new Tellings(URI.create("https://stile.example"));
  private final Tell tell = new Tell(trail, notices, queues, topic);

  private static final class Queues implements Facts {
    private final List<Fact> sent = new ArrayList<>();
    private final List<String> aside = new ArrayList<>();
    private boolean down;

    @Override
    public void send(Fact fact) {
      refuseWhenDown();
      sent.add(fact);
    }

    @Override
    public void setAside(String eventId, String sequenceNumber) {
      refuseWhenDown();
      aside.add(eventId + " " + sequenceNumber);
    }

    private void refuseWhenDown() {
      if (down) {
        throw new QueueUnavailable("down", new IllegalStateException(SECRET));
      }
    }
  }

  private static final class Topic implements EventTopic {
    private final List<String> published = new ArrayList<>();
    private boolean down;

    @Override
    public void publish(String type, String json) {
      if (down) {
        throw new TopicUnavailable("down", new IllegalStateException(SECRET));
      }
      published.add(type);
    }
  }

  private Change found(String id) {
    Change change = streamed.get(id);
    if (change == null) {
      throw new IllegalStateException(SECRET);
    }
    return change;
  }

  /// What the function reports as failed of a batch; records are numbered as they are given.
  private List<String> relay(String... ids) {
    var event = new DynamodbEvent();
    event.setRecords(Stream.of(ids).map(RelayTest::written).toList());
    return edge.work(event, tellings::of, tell::tell).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static DynamodbStreamRecord written(String id) {
    var record = new StreamRecord();
    record.setSequenceNumber("number of " + id);
    var streamed = new DynamodbStreamRecord();
    streamed.setEventID(id);
    streamed.setDynamodb(record);
    return streamed;
  }

  private List<String> audited() {
    return trail.page(sms.subject, null, 100, NOW).records().stream()
        .map(AuditRecord::what)
        .map(AuditRecord.What::type)
        .toList();
  }

  private void stream() {
    streamed.put("opened", sms.opened(pending));
    streamed.put("guessed", sms.guess(pending, 1));
    streamed.put("approved", sms.change(pending, ended(pending, Status.APPROVED)));
    streamed.put("removed", sms.change(sms.change(pending, pending).after(), null));
  }

  @Test
  void tellsEveryoneInTheOrderOfTheWrites() {
    stream();
    assertThat(relay("opened", "guessed", "approved", "removed")).isEmpty();
    assertThat(topic.published)
        .containsExactly(
            "dev.stile.challenge.opened",
            "dev.stile.guess.rejected",
            "dev.stile.challenge.approved",
            "dev.stile.factor.removed");
    assertThat(audited())
        .containsExactlyInAnyOrder("guess.rejected", "challenge.approved", "factor.removed");
    assertThat(queues.sent).extracting(Fact::type).containsExactly("factor.verified", "notice.due");
  }

  @Test
  void keepsRecordsAndNoticesOnceHoweverOftenABatchComes() {
    stream();
    relay("guessed", "approved", "removed");
    List<String> once = audited();
    relay("guessed", "approved", "removed");
    assertThat(audited()).isEqualTo(once);
    assertThat(queues.sent).hasSize(4);
    assertThat(queues.sent.stream().distinct()).hasSize(2);
  }

  @Test
  void comesBackFromTheFirstRecordThatATopicDidNotTake() {
    stream();
    topic.down = true;
    assertThat(relay("opened", "guessed")).containsExactly("number of opened");
    assertThat(audited()).isEmpty();
    topic.down = false;
    assertThat(relay("opened", "guessed")).isEmpty();
    assertThat(topic.published).hasSize(2);
  }

  @Test
  void comesBackFromTheFirstRecordThatAQueueDidNotTake() {
    stream();
    queues.down = true;
    assertThat(relay("opened", "approved", "removed")).containsExactly("number of approved");
    queues.down = false;
    assertThat(relay("approved", "removed")).isEmpty();
    assertThat(audited()).containsExactlyInAnyOrder("challenge.approved", "factor.removed");
    assertThat(topic.published).hasSize(3);
  }

  @Tag("R33")
  @Test
  void setsAsideWhatItCannotReadAndGoesOn() {
    stream();
    assertThat(relay("opened", "poison", "guessed")).isEmpty();
    assertThat(queues.aside).containsExactly("poison number of poison");
    assertThat(topic.published).hasSize(2);
    assertThat(log).anyMatch(line -> "unreadable".equals(line.get("outcome")));
  }

  @Test
  void losesNoUnreadableRecordWhileItsQueueIsDown() {
    queues.down = true;
    assertThat(relay("poison")).containsExactly("number of poison");
    queues.down = false;
    assertThat(relay("poison")).isEmpty();
    assertThat(queues.aside).hasSize(1);
  }

  @Test
  void logsFaultsWithoutWhatTheySay() {
    stream();
    topic.down = true;
    relay("opened");
    relay("poison");
    assertThat(log).hasSize(2).allMatch(line -> line.containsKey("fault"));
    assertThat(log.toString()).doesNotContain(SECRET);
  }

  @Test
  void takesAnEmptyBatch() {
    assertThat(edge.work(new DynamodbEvent(), tellings::of, tell::tell).getBatchItemFailures())
        .isEmpty();
  }
}
