package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EmbeddedSqsTest {
  private static EmbeddedSqs sqs;
  private static SqsClient client;

  @BeforeAll
  static void start() {
    sqs = EmbeddedSqs.start();
    client = Sdk.client(SqsClient.builder(), sqs.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    sqs.close();
  }

  @Test
  void deliversWhatWasSent() {
    var queue = queue("deliveries", Map.of());
    client.sendMessage(s -> s.queueUrl(queue).messageBody("{\"challenge\":\"chl_1\"}"));
    var received = receive(queue);
    assertThat(received).extracting(Message::body).containsExactly("{\"challenge\":\"chl_1\"}");
    client.deleteMessage(d -> d.queueUrl(queue).receiptHandle(received.getFirst().receiptHandle()));
    assertThat(receive(queue)).isEmpty();
  }

  @Test
  void namesQueuesByThePortItListensOn() {
    var url = URI.create(queue("named", Map.of()));
    assertThat(url.getHost()).isEqualTo("127.0.0.1");
    assertThat(url.getPort()).isEqualTo(sqs.endpoint().getPort());
  }

  @Test
  void holdsBackWhatIsDelayed() {
    var queue = queue("delayed", Map.of(QueueAttributeName.DELAY_SECONDS, "1"));
    client.sendMessage(s -> s.queueUrl(queue).messageBody("later"));
    assertThat(client.receiveMessage(r -> r.queueUrl(queue)).messages()).isEmpty();
    assertThat(receive(queue)).extracting(Message::body).containsExactly("later");
  }

  @Test
  void movesWhatFailsTwiceToTheDeadLetters() {
    var dead = queue("orders-dead", Map.of());
    var deadArn =
        client
            .getQueueAttributes(g -> g.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    var queue =
        queue(
            "orders",
            Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "0",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + deadArn + "\",\"maxReceiveCount\":2}"));
    client.sendMessage(s -> s.queueUrl(queue).messageBody("poison"));
    assertThat(receive(queue)).hasSize(1);
    assertThat(receive(queue))
        .extracting(m -> m.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .containsExactly("2");
    assertThat(receive(queue)).isEmpty();
    assertThat(receive(dead)).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void runsBesideAnotherAndStopsDuringALongPoll() throws Exception {
    var other = EmbeddedSqs.start();
    try (var elsewhere = Sdk.client(SqsClient.builder(), other.endpoint())) {
      var queue = elsewhere.createQueue(c -> c.queueName("polled")).queueUrl();
      var poll =
          CompletableFuture.runAsync(
              () -> elsewhere.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20)));
      Thread.sleep(300);
      var before = Instant.now();
      other.close();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
      assertThat(poll).failsWithin(Duration.ofSeconds(3));
    }
    assertThat(client.listQueues().queueUrls()).doesNotContain("polled");
  }

  @Test
  void listensOnLoopbackAlone() throws IOException {
    Listening.onLoopbackAlone(sqs.endpoint());
  }

  private static String queue(String name, Map<QueueAttributeName, String> attributes) {
    return client.createQueue(c -> c.queueName(name).attributes(attributes)).queueUrl();
  }

  private static List<Message> receive(String queue) {
    return client
        .receiveMessage(r ->
            r.queueUrl(queue)
                .waitTimeSeconds(2)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }
}
