package dev.stile.lambda.challenge;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A standard queue as SQS has it: a message that was taken and not deleted comes again after a
/// while, and goes to the dead letters when it was taken too often.
final class StormQueue {
  /// Longer than a claim, as Terraform sets it in an account.
  static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final List<Queued> waiting = new ArrayList<>();
  private int last;
  private int dead;

  record Queued(String id, String body, Instant visible, int receives) {
    SQSEvent.SQSMessage event() {
      var message = new SQSEvent.SQSMessage();
      message.setMessageId(id);
      message.setBody(body);
      message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(receives)));
      return message;
    }
  }

  void put(String body, Instant visible) {
    waiting.add(new Queued("message-" + ++last, body, visible, 0));
  }

  /// The next ones that are visible; each is one receive older.
  List<Queued> take(int most, Instant now) {
    List<Queued> batch =
        waiting.stream()
            .filter(queued -> !queued.visible().isAfter(now))
            .sorted(Comparator.comparing(Queued::visible))
            .limit(most)
            .toList();
    waiting.removeAll(batch);
    List<Queued> taken = new ArrayList<>();
    for (Queued queued : batch) {
      if (queued.receives() == DeliveryHandler.MAX_RECEIVES) {
        dead++;
      } else {
        taken.add(
            new Queued(queued.id(), queued.body(), now.plus(VISIBILITY), queued.receives() + 1));
      }
    }
    return taken;
  }

  /// Messages that were not deleted.
  void putBack(List<Queued> messages) {
    waiting.addAll(messages);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int dead() {
    return dead;
  }
}
