package dev.stile.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The function behind the table's stream, each run of which is told where it made a call: most
/// changes are nobody else's business.
record WatchedRelay(Traces traces, RequestHandler<DynamodbEvent, StreamsEventResponse> function)
    implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    var occasion = new Occasion.StreamBatch(tracesOf(event), event.getRecords().size());
    try (Invocation invocation = traces.begin("relay", occasion)) {
      StreamsEventResponse answer = function.handleRequest(event, context);
      invocation.outcome(answer.getBatchItemFailures().isEmpty() ? "done" : "failed");
      return answer;
    }
  }

  private List<String> tracesOf(DynamodbEvent event) {
    return event.getRecords().stream()
        .map(DynamodbStreamRecord::getDynamodb)
        .flatMap(change -> traces.ofItem(key(change.getKeys())).stream())
        .distinct()
        .toList();
  }

  private static String key(Map<String, AttributeValue> keys) {
    return Traces.item(text(keys, "pk"), text(keys, "sk"));
  }

  private static String text(Map<String, AttributeValue> keys, String name) {
    return Objects.requireNonNull(keys.get(name), name).getS();
  }
}
