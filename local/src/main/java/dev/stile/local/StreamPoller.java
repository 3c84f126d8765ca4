package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Does what an event source mapping on a stream does: takes batches from each shard in its order,
/// parents before their children, hands them to a function, and comes back with the same records
/// from the first that was reported as failed, for as long as it takes.
final class StreamPoller implements AutoCloseable {
  private static final int BATCH = 100;
  private static final long IDLE_NANOS = 100_000_000;
  private static final long RETRY_NANOS = 200_000_000;

  /// A shard is split every few hours.
  private static final Duration LISTED_EVERY = Duration.ofSeconds(30);

  private static final PojoSerializer<DynamodbEvent> EVENTS =
      LambdaEventSerializers.serializerFor(
          DynamodbEvent.class, StreamPoller.class.getClassLoader());

  private final DynamoDbStreamsClient streams;
  private final RequestHandler<DynamodbEvent, StreamsEventResponse> function;
  private final Checkpoint checkpoint;
  private final Clock clock;
  private final Map<String, Reading> shards = new LinkedHashMap<>();
  private final Thread thread;
  private volatile boolean open = true;
  private long listed;

  StreamPoller(
      DynamoDbStreamsClient streams,
      RequestHandler<DynamodbEvent, StreamsEventResponse> function,
      Checkpoint checkpoint,
      Clock clock) {
    this.streams = streams;
    this.function = function;
    this.checkpoint = checkpoint;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("stream").unstarted(this::poll);
  }

  /// Where one shard is read: from here on, after what has to be tried again.
  private static final class Reading {
    private final @Nullable String parent;
    private @Nullable String iterator;
    private List<DynamodbStreamRecord> again = List.of();

    Reading(@Nullable String parent, @Nullable String iterator) {
      this.parent = parent;
      this.iterator = iterator;
    }

    boolean isDone() {
      return iterator == null && again.isEmpty();
    }
  }

  StreamPoller start() {
    thread.start();
    return this;
  }

  private void poll() {
    while (open) {
      try {
        if (shards.isEmpty() || System.nanoTime() - listed > LISTED_EVERY.toNanos()) {
          list();
        }
        LockSupport.parkNanos(round());
      } catch (RuntimeException e) {
        // The engine is going down, or will answer the next time.
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /// Shards that were read to their end stay known, or they would be read again.
  private void list() {
    for (Shard shard :
        streams
            .describeStream(describe -> describe.streamArn(checkpoint.stream()))
            .streamDescription()
            .shards()) {
      if (!shards.containsKey(shard.shardId())) {
        shards.put(shard.shardId(), new Reading(shard.parentShardId(), iterator(shard.shardId())));
      }
    }
    listed = System.nanoTime();
  }

  private String iterator(String shard) {
    var request = GetShardIteratorRequest.builder().streamArn(checkpoint.stream()).shardId(shard);
    String last = checkpoint.last(shard);
    if (last != null) {
      try {
        return streams
            .getShardIterator(
                request
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .sequenceNumber(last)
                    .build())
            .shardIterator();
      } catch (TrimmedDataAccessException e) {
        request.sequenceNumber(null);
      }
    }
    return streams
        .getShardIterator(request.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build())
        .shardIterator();
  }

  /// One batch of each shard; how long to rest then.
  private long round() {
    long rest = IDLE_NANOS;
    for (Map.Entry<String, Reading> shard : shards.entrySet()) {
      Reading reading = shard.getValue();
      Reading parent = reading.parent == null ? null : shards.get(reading.parent);
      if (reading.isDone() || (parent != null && !parent.isDone())) {
        continue;
      }
      List<DynamodbStreamRecord> batch = reading.again.isEmpty() ? next(reading) : reading.again;
      if (!batch.isEmpty()) {
        reading.again = work(shard.getKey(), batch);
        rest = reading.again.isEmpty() ? 0 : RETRY_NANOS;
      }
    }
    return rest;
  }

  private List<DynamodbStreamRecord> next(Reading reading) {
    GetRecordsResponse read =
        streams.getRecords(get -> get.shardIterator(reading.iterator).limit(BATCH));
    List<DynamodbStreamRecord> batch =
        read.records().stream()
            .map(streamed -> StreamedRecords.of(streamed, clock.instant()))
            .toList();
    reading.iterator = read.nextShardIterator();
    return batch;
  }

  /// What has to come again.
  private List<DynamodbStreamRecord> work(String shard, List<DynamodbStreamRecord> batch) {
    List<DynamodbStreamRecord> again = batch;
    try {
      again = failed(batch);
    } catch (RuntimeException e) {
      // The function said nothing: all of it.
    }
    if (again.size() < batch.size()) {
      DynamodbStreamRecord last = batch.get(batch.size() - again.size() - 1);
      checkpoint.passed(shard, last.getDynamodb().getSequenceNumber());
    }
    return again;
  }

  private List<DynamodbStreamRecord> failed(List<DynamodbStreamRecord> batch) {
    var event = new DynamodbEvent();
    event.setRecords(batch);
    var context =
        new LocalContext(function.getClass().getSimpleName(), UUID.randomUUID().toString());
    List<String> numbers =
        batch.stream().map(streamed -> streamed.getDynamodb().getSequenceNumber()).toList();
    int first =
        function.handleRequest(serialized(event), context).getBatchItemFailures().stream()
            .mapToInt(failure -> Math.max(0, numbers.indexOf(failure.getItemIdentifier())))
            .min()
            .orElse(batch.size());
    return new ArrayList<>(batch.subList(first, batch.size()));
  }

  /// The function gets what Lambda would have made of the event's JSON.
  private static DynamodbEvent serialized(DynamodbEvent event) {
    var json = new ByteArrayOutputStream();
    EVENTS.toJson(event, json);
    return EVENTS.fromJson(new ByteArrayInputStream(json.toByteArray()));
  }

  /// Takes no more batches after the one under way.
  void stop() {
    open = false;
    LockSupport.unpark(thread);
  }

  void await() {
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    await();
  }
}
