package dev.stile.local;

import dev.stile.aws.sqs.FactQueueUrls;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.challenge.Dispatch;
import dev.stile.lambda.challenge.DeliveryHandler;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The queues, each with its dead-letter queue, as Terraform makes them in an account.
final class Queues {
  /// After this long a message that was not deleted comes again; shorter than on AWS, since someone
  /// waits, and long enough for a message to outlast the claim of a worker that died.
  private static final int VISIBILITY_SECONDS =
      Dispatch.CLAIM_SECONDS / (DeliveryHandler.MAX_RECEIVES - 1) + 1;

  private static final int RETENTION_SECONDS = 900;

  private Queues() {}

  static QueueUrls create(SqsClient sqs) {
    return new QueueUrls(
        create(sqs, "stile-challenge-requests"), create(sqs, "stile-otp-deliveries"));
  }

  static FactQueueUrls createForFacts(SqsClient sqs) {
    return new FactQueueUrls(
        create(sqs, "stile-factor-events"),
        create(sqs, "stile-notifications"),
        sqs.createQueue(queue -> queue.queueName("stile-relay-dlq")).queueUrl());
  }

  private static String create(SqsClient sqs, String name) {
    String deadLetters = sqs.createQueue(queue -> queue.queueName(name + "-dlq")).queueUrl();
    String arn =
        sqs.getQueueAttributes(
                get -> get.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String redrive =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
            .formatted(arn, DeliveryHandler.MAX_RECEIVES);
    Map<QueueAttributeName, String> attributes =
        Map.of(
            QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(VISIBILITY_SECONDS),
            QueueAttributeName.MESSAGE_RETENTION_PERIOD, Integer.toString(RETENTION_SECONDS),
            QueueAttributeName.REDRIVE_POLICY, redrive);
    return sqs.createQueue(queue -> queue.queueName(name).attributes(attributes)).queueUrl();
  }
}
