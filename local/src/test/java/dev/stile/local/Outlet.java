package dev.stile.local;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import dev.stile.audit.AuditRecord;
import dev.stile.aws.dynamo.DynamoAuditTrail;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.lambda.relay.RelayHandler;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.sqs.model.Message;

/// The table's stream on a stage, and the relay behind it: a test takes the changes out of the one
/// and hands them to the other.
final class Outlet {
  private final AccountClients account;
  private final RelayHandler relay;
  private final String notifications;
  private final Clock clock;
  private final String stream;

  Outlet(AccountClients account, RelayHandler relay, String notifications, Clock clock) {
    this.account = account;
    this.clock = clock;
    this.relay = relay;
    this.notifications = notifications;
    this.stream =
        account
            .dynamoDb()
            .describeTable(table -> table.tableName(LocalStile.TABLE))
            .table()
            .latestStreamArn();
  }

  /// Where the stream ends now.
  List<String> ends() {
    return account
        .streams()
        .describeStream(describe -> describe.streamArn(stream))
        .streamDescription()
        .shards()
        .stream()
        .map(shard ->
            account
                .streams()
                .getShardIterator(get ->
                    get.streamArn(stream)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.LATEST))
                .shardIterator())
        .toList();
  }

  /// The changes to a subject's items since then, up to one of this kind.
  List<DynamodbStreamRecord> since(List<String> ends, String subject, String last) {
    List<String> iterators = new ArrayList<>(ends);
    List<DynamodbStreamRecord> changes = new ArrayList<>();
    return Patience.until(
        last,
        () -> {
          for (int i = 0; i < iterators.size(); i++) {
            String iterator = iterators.get(i);
            GetRecordsResponse read =
                account.streams().getRecords(get -> get.shardIterator(iterator));
            iterators.set(i, read.nextShardIterator());
            read.records().stream()
                .map(streamed -> StreamedRecords.of(streamed, clock.instant()))
                .filter(streamed -> isOf(subject, streamed))
                .forEach(changes::add);
          }
          return Optional.of(changes)
              .filter(all -> all.stream().anyMatch(change -> change.getEventName().equals(last)));
        });
  }

  private static boolean isOf(String subject, DynamodbStreamRecord streamed) {
    return streamed.getDynamodb().getKeys().values().stream()
        .anyMatch(key -> Objects.requireNonNullElse(key.getS(), "").endsWith("#" + subject));
  }

  /// Whether all of it was told.
  boolean tell(List<DynamodbStreamRecord> changes) {
    var event = new DynamodbEvent();
    event.setRecords(changes);
    return relay
        .handleRequest(event, new LocalContext("test", "request-1"))
        .getBatchItemFailures()
        .isEmpty();
  }

  List<String> audited(String subject) {
    var trail = new DynamoAuditTrail(new StileTable(account.dynamoDb(), LocalStile.TABLE));
    Instant late = clock.instant().plus(Duration.ofDays(1));
    return trail
        .page(new Subject(new Tenant("default"), subject), null, 100, late)
        .records()
        .stream()
        .map(AuditRecord::what)
        .map(AuditRecord.What::type)
        .toList();
  }

  /// What is in the queue of notices, taken out.
  List<String> notifications() {
    List<Message> messages =
        account
            .sqs()
            .receiveMessage(receive -> receive.queueUrl(notifications).maxNumberOfMessages(10))
            .messages();
    for (Message message : messages) {
      account
          .sqs()
          .deleteMessage(
              delete -> delete.queueUrl(notifications).receiptHandle(message.receiptHandle()));
    }
    return messages.stream().map(Message::body).toList();
  }
}
