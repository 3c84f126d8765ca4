package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stile.audit.Log;
import dev.stile.message.Message;
import dev.stile.message.Message.OtpDeliver;
import dev.stile.problem.ProblemException;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Works through one batch of messages, each on its own: one that fails goes back to the queue, and
/// from there to its dead-letter queue, without the others (R33). One line for each, with its
/// metrics.
public final class QueueEdge {
  private final Clock clock;
  private final Log log;

  @Inject
  public QueueEdge(Clock clock, Log log) {
    this.clock = clock;
    this.log = log;
  }

  /// `work` says in a word what came of a message; what it throws puts the message back.
  public <M extends Message> SQSBatchResponse work(
      SQSEvent event, Class<M> type, Function<M, String> work) {
    return work(event, type, (message, receives) -> work.apply(message));
  }

  /// The same for work that has to know how often the queue has brought its message.
  public <M extends Message> SQSBatchResponse work(
      SQSEvent event, Class<M> type, BiFunction<M, Integer, String> work) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : Optional.ofNullable(event.getRecords()).orElse(List.of())) {
      if (!work(message, type, work)) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private <M extends Message> boolean work(
      SQSMessage queued, Class<M> type, BiFunction<M, Integer, String> work) {
    long started = System.nanoTime();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant());
    line.put("message_id", queued.getMessageId());
    boolean done = false;
    try {
      Message message = MessageJson.read(queued.getBody());
      line.put("type", message.type());
      line.put("trace_id", Trace.clean(message.envelope().traceId()));
      if (message instanceof OtpDeliver deliver) {
        line.put("channel", deliver.challenge().kind().wire());
      }
      line.put("outcome", work.apply(type.cast(message), receives(queued)));
      done = true;
    } catch (ProblemException e) {
      line.put("outcome", "malformed");
    } catch (RuntimeException e) {
      line.put("outcome", "failed");
      line.put("fault", Faults.describe(e));
      line.put("dependency", Faults.dependency(e));
    }
    measure(line, (System.nanoTime() - started) / 1_000_000);
    log.line(line);
    return done;
  }

  private void measure(Map<String, Object> line, long millis) {
    line.putIfAbsent("type", "unknown");
    var metrics =
        new Metrics(line)
            .milliseconds("ms", millis, List.of(List.of("type")))
            .count("messages", List.of(List.of("type", "outcome")));
    if (line.containsKey("channel")) {
      metrics.count("deliveries", List.of(List.of("channel", "outcome")));
    }
    if (line.containsKey("dependency")) {
      metrics.count("faults", Metrics.DEPENDENCY);
    }
    metrics.end(clock.instant());
  }

  private static int receives(SQSMessage queued) {
    Map<String, String> attributes = queued.getAttributes();
    String count = attributes == null ? null : attributes.get("ApproximateReceiveCount");
    return count == null ? 1 : Integer.parseInt(count);
  }
}
