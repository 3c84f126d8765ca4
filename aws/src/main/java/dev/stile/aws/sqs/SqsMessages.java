package dev.stile.aws.sqs;

import dev.stile.edge.MessageJson;
import dev.stile.message.Message;
import dev.stile.message.Messages;
import jakarta.inject.Inject;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts messages into the queue of their type. One that was retried may arrive twice, which its
/// consumer has to bear anyway.
public final class SqsMessages implements Messages {
  private final SqsClient sqs;
  private final QueueUrls queues;

  @Inject
  public SqsMessages(SqsClient sqs, QueueUrls queues) {
    this.sqs = sqs;
    this.queues = queues;
  }

  @Override
  public void send(Message.Command message) {
    try {
      sqs.sendMessage(
          send -> send.queueUrl(queues.of(message)).messageBody(MessageJson.write(message)));
    } catch (SdkException e) {
      throw new QueueUnavailable("the queue did not take " + message.type(), e);
    }
  }
}
