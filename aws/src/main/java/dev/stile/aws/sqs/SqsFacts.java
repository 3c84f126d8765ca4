package dev.stile.aws.sqs;

import dev.stile.edge.JsonText;
import dev.stile.edge.MessageJson;
import dev.stile.message.Fact;
import dev.stile.message.Facts;
import dev.stile.message.Messages.QueueUnavailable;
import jakarta.inject.Inject;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts facts into the queue of their type. One that was retried may arrive twice, which its
/// consumer has to bear anyway.
public final class SqsFacts implements Facts {
  private final SqsClient sqs;
  private final FactQueueUrls queues;

  @Inject
  public SqsFacts(SqsClient sqs, FactQueueUrls queues) {
    this.sqs = sqs;
    this.queues = queues;
  }

  @Override
  public void send(Fact fact) {
    send(queues.of(fact), MessageJson.write(fact), fact.type());
  }

  @Override
  public void setAside(String eventId, String sequenceNumber) {
    String body = JsonText.of(Map.of("event_id", eventId, "sequence_number", sequenceNumber));
    send(queues.unreadable(), body, "an unreadable change");
  }

  private void send(String queue, String body, String what) {
    try {
      sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body));
    } catch (SdkException e) {
      throw new QueueUnavailable("the queue did not take " + what, e);
    }
  }
}
