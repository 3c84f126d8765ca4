package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Does what an event source mapping does: takes batches from a queue, hands them to a function,
/// deletes what it did not report as failed, and leaves the rest to come again or to end in the
/// dead-letter queue.
final class QueuePoller implements AutoCloseable {
  private static final int BATCH = 10;
  private static final int WAIT_SECONDS = 1;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final PojoSerializer<SQSEvent> EVENTS =
      LambdaEventSerializers.serializerFor(SQSEvent.class, QueuePoller.class.getClassLoader());

  private final SqsClient sqs;
  private final String queueUrl;
  private final RequestHandler<SQSEvent, SQSBatchResponse> function;
  private final Thread thread;
  private volatile boolean open = true;
  private volatile boolean waiting;

  QueuePoller(SqsClient sqs, String queueUrl, RequestHandler<SQSEvent, SQSBatchResponse> function) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.function = function;
    this.thread = Thread.ofVirtual().name("poller").unstarted(this::poll);
  }

  QueuePoller start() {
    thread.start();
    return this;
  }

  private void poll() {
    while (open) {
      try {
        waiting = true;
        List<Message> batch = receive();
        waiting = false;
        if (!batch.isEmpty()) {
          work(batch);
        }
      } catch (SdkException e) {
        // The engine is going down, or will answer the next time.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private List<Message> receive() {
    return sqs.receiveMessage(receive ->
            receive
                .queueUrl(queueUrl)
                .maxNumberOfMessages(BATCH)
                .waitTimeSeconds(WAIT_SECONDS)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void work(List<Message> batch) {
    Set<String> failed = new HashSet<>();
    var context =
        new LocalContext(function.getClass().getSimpleName(), UUID.randomUUID().toString());
    try {
      function
          .handleRequest(serialized(event(batch)), context)
          .getBatchItemFailures()
          .forEach(failure -> failed.add(failure.getItemIdentifier()));
    } catch (RuntimeException e) {
      return;
    }
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        sqs.deleteMessage(
            delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private static SQSEvent event(List<Message> batch) {
    var event = new SQSEvent();
    event.setRecords(batch.stream().map(QueuePoller::queued).toList());
    return event;
  }

  private static SQSEvent.SQSMessage queued(Message message) {
    var queued = new SQSEvent.SQSMessage();
    queued.setMessageId(message.messageId());
    queued.setReceiptHandle(message.receiptHandle());
    queued.setBody(message.body());
    queued.setAttributes(message.attributesAsStrings());
    queued.setEventSource("aws:sqs");
    queued.setAwsRegion("local");
    return queued;
  }

  /// The function gets what Lambda would have made of the event's JSON.
  private static SQSEvent serialized(SQSEvent event) {
    var json = new ByteArrayOutputStream();
    EVENTS.toJson(event, json);
    return EVENTS.fromJson(new ByteArrayInputStream(json.toByteArray()));
  }

  /// Takes no more batches after the one that it is waiting for.
  void stop() {
    open = false;
  }

  /// Waits out the long poll under way: broken off, it would still take the next message at the
  /// queue.
  void await() {
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends after the batch under way, and at once where there is none.
  @Override
  public void close() {
    stop();
    if (waiting) {
      thread.interrupt();
    }
    await();
  }
}
