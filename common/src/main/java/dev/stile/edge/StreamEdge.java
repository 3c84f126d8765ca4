package dev.stile.edge;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.stile.audit.Log;
import dev.stile.message.Facts;
import dev.stile.outbox.Change;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Works through one batch of a shard in its order. Where work fails, the batch comes again from
/// that record on, so that nothing is lost and nothing overtakes. A record that cannot be read
/// would fail for ever and hold up all that follow: it is set aside instead (R33).
public final class StreamEdge {
  private final Clock clock;
  private final Log log;
  private final StreamRecords records;
  private final Facts facts;

  @Inject
  public StreamEdge(Clock clock, Log log, StreamRecords records, Facts facts) {
    this.clock = clock;
    this.log = log;
    this.records = records;
    this.facts = facts;
  }

  /// `read` makes of a change whatever is to be told of it and touches nothing; `tell` may be
  /// called again with the same.
  public <T> StreamsEventResponse work(
      DynamodbEvent event, Function<Change, List<T>> read, Consumer<T> tell) {
    for (DynamodbStreamRecord streamed :
        Optional.ofNullable(event.getRecords()).orElse(List.of())) {
      if (!work(streamed, read, tell)) {
        String failed = streamed.getDynamodb().getSequenceNumber();
        return new StreamsEventResponse(List.of(new BatchItemFailure(failed)));
      }
    }
    return new StreamsEventResponse(List.of());
  }

  private <T> boolean work(
      DynamodbStreamRecord streamed, Function<Change, List<T>> read, Consumer<T> tell) {
    long started = System.nanoTime();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.instant());
    line.put("event_id", streamed.getEventID());
    boolean done = false;
    try {
      List<T> told = read(streamed, read, line);
      told.forEach(tell);
      if (told.isEmpty() && !line.containsKey("fault")) {
        return true;
      }
      line.put("told", told.size());
      line.putIfAbsent("outcome", "told");
      done = true;
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
    line.put("type", "table.change");
    var metrics =
        new Metrics(line)
            .milliseconds("ms", millis, List.of(List.of("type")))
            .count("changes", List.of(List.of("outcome")));
    if (line.containsKey("dependency")) {
      metrics.count("faults", Metrics.DEPENDENCY);
    }
    metrics.end(clock.instant());
  }

  private <T> List<T> read(
      DynamodbStreamRecord streamed, Function<Change, List<T>> read, Map<String, Object> line) {
    try {
      return records.read(streamed).map(read).orElse(List.of());
    } catch (RuntimeException e) {
      facts.setAside(streamed.getEventID(), streamed.getDynamodb().getSequenceNumber());
      line.put("outcome", "unreadable");
      line.put("fault", Faults.describe(e));
      return List.of();
    }
  }
}
