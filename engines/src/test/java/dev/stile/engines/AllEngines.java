package dev.stile.engines;

import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A program that uses every engine once and returns from `main`, for [SilenceTest] to watch.
final class AllEngines {
  private AllEngines() {}

  public static void main(String[] args) {
    try (var dynamo = EmbeddedDynamo.in(Path.of(args[0]));
        var sqs = EmbeddedSqs.start();
        var capture = Capture.start(message -> {});
        var tables = Sdk.client(DynamoDbClient.builder(), dynamo.endpoint());
        var queues = Sdk.client(SqsClient.builder(), sqs.endpoint());
        var topics = Sdk.client(SnsClient.builder(), capture.endpoint())) {
      tables.listTables();
      queues.listQueues();
      topics.createTopic(c -> c.name("any"));
    }
  }
}
