package dev.stile.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;

/// A function behind a queue, each run of which is told.
record WatchedFunction(
    Traces traces, String name, String queue, RequestHandler<SQSEvent, SQSBatchResponse> function)
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    try (Invocation invocation = traces.begin(name, occasion(event.getRecords()))) {
      SQSBatchResponse answer = function.handleRequest(event, context);
      invocation.outcome(answer.getBatchItemFailures().isEmpty() ? "done" : "failed");
      return answer;
    }
  }

  private Occasion occasion(List<SQSMessage> messages) {
    List<String> followed =
        messages.stream()
            .flatMap(message -> traces.ofMessage(message.getBody()).stream())
            .distinct()
            .toList();
    return new Occasion.QueueBatch(
        followed, queue, messages.stream().map(SQSMessage::getBody).toList());
  }
}
