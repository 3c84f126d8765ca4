package dev.stile.aws.dynamo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The one table: consistent reads, and writes that say what they found where their condition
/// fails.
public final class StileTable {
  /// Only sweeps; expiry is always compared.
  static final String TTL = "ttl";

  private static final int CONFLICT_TRIES = 12;
  private static final long CONFLICT_PAUSE_NANOS = 20_000_000;

  private final DynamoDbClient client;
  private final String name;

  public StileTable(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /// Makes the table, for local engines; in an account Terraform does.
  public static void create(DynamoDbClient client, String name) {
    client.createTable(table ->
        table
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute("pk"), attribute("sk"))
            .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
            .streamSpecification(stream ->
                stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    client.updateTimeToLive(ttl ->
        ttl.tableName(name).timeToLiveSpecification(spec -> spec.attributeName(TTL).enabled(true)));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  DynamoDbClient client() {
    return client;
  }

  String name() {
    return name;
  }

  Optional<Map<String, AttributeValue>> read(Map<String, AttributeValue> key) {
    var answer = client.getItem(get -> get.tableName(name).key(key).consistentRead(true));
    return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
  }

  /// Every item of a partition, in the order of the sort keys.
  List<Map<String, AttributeValue>> partition(String pk) {
    return client
        .queryPaginator(query ->
            query
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression("#pk = :pk")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
        .items()
        .stream()
        .toList();
  }

  /// One conditional update. `written` sees the item after it; `refused` what was there instead,
  /// empty where there was nothing. Each leaves a mark of its own, so that one that the SDK
  /// repeats, since its answer was lost, is not applied twice and is told as what it was: written.
  <T> T update(
      Change change,
      Function<Map<String, AttributeValue>, T> written,
      Function<Map<String, AttributeValue>, T> refused) {
    Map<String, AttributeValue> item;
    String mark = UUID.randomUUID().toString();
    Change marked = change.marked(mark);
    try {
      item =
          client
              .updateItem(update ->
                  update
                      .tableName(name)
                      .key(marked.key())
                      .conditionExpression(marked.condition())
                      .updateExpression(marked.update())
                      .expressionAttributeNames(marked.names())
                      .expressionAttributeValues(marked.expression().values())
                      .returnValues(ReturnValue.ALL_NEW)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD))
              .attributes();
    } catch (ConditionalCheckFailedException e) {
      Map<String, AttributeValue> found = e.hasItem() ? e.item() : Map.of();
      boolean own = mark.equals(Values.optionalText(found, "mark"));
      return own ? written.apply(found) : refused.apply(found);
    }
    return written.apply(item);
  }

  boolean update(Change change) {
    return update(change, item -> true, item -> false);
  }

  /// False where an item of this key is there already.
  boolean putIfAbsent(Map<String, AttributeValue> item) {
    try {
      client.putItem(put ->
          put.tableName(name)
              .item(item)
              .conditionExpression("attribute_not_exists(#pk)")
              .expressionAttributeNames(Map.of("#pk", "pk")));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /// All or nothing. Where it is nothing, `refused` sees the first reason that is a condition. Two
  /// transactions that met are tried again: neither was refused.
  <T> T transact(Supplier<T> written, Function<Refusal, T> refused, TransactWriteItem... items) {
    for (int tries = 1; ; tries++) {
      try {
        client.transactWriteItems(transaction -> transaction.transactItems(items));
        return written.get();
      } catch (TransactionCanceledException e) {
        Optional<Refusal> refusal = Refusal.of(e);
        if (refusal.isPresent()) {
          return refused.apply(refusal.get());
        }
        if (tries == CONFLICT_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(CONFLICT_PAUSE_NANOS * tries));
      }
    }
  }

  /// An update of one item with its condition. It sets something, before all else.
  record Change(
      Map<String, AttributeValue> key, String condition, String update, Expression expression) {
    private static final String SET = "SET ";

    /// The same, once: an item that has the mark is not changed again.
    Change marked(String mark) {
      return new Change(
          key,
          "(" + condition + ") AND (attribute_not_exists(#mark) OR #mark <> :mark)",
          SET + "#mark = :mark, " + update.substring(SET.length()),
          expression.text(":mark", mark));
    }

    Map<String, String> names() {
      return expression.names(condition, update);
    }
  }

  /// Which item of a transaction was refused by its condition, and what was there.
  record Refusal(int index, Map<String, AttributeValue> found) {
    static Optional<Refusal> of(TransactionCanceledException canceled) {
      for (int i = 0; i < canceled.cancellationReasons().size(); i++) {
        CancellationReason reason = canceled.cancellationReasons().get(i);
        if ("ConditionalCheckFailed".equals(reason.code())) {
          return Optional.of(new Refusal(i, reason.hasItem() ? reason.item() : Map.of()));
        }
      }
      return Optional.empty();
    }
  }

  TransactWriteItem updating(Change change) {
    return TransactWriteItem.builder()
        .update(update ->
            update
                .tableName(name)
                .key(change.key())
                .conditionExpression(change.condition())
                .updateExpression(change.update())
                .expressionAttributeNames(change.names())
                .expressionAttributeValues(change.expression().values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  TransactWriteItem putting(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(put ->
            put.tableName(name)
                .item(item)
                .conditionExpression("attribute_not_exists(#pk)")
                .expressionAttributeNames(Map.of("#pk", "pk"))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// Puts an item whether or not there is one.
  TransactWriteItem replacing(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(put -> put.tableName(name).item(item)).build();
  }

  TransactWriteItem checking(
      Map<String, AttributeValue> key, String condition, Expression expression) {
    return TransactWriteItem.builder()
        .conditionCheck(check -> {
          check
              .tableName(name)
              .key(key)
              .conditionExpression(condition)
              .expressionAttributeNames(expression.names(condition));
          if (!expression.values().isEmpty()) {
            check.expressionAttributeValues(expression.values());
          }
        })
        .build();
  }

  TransactWriteItem deleting(
      Map<String, AttributeValue> key, String condition, Expression expression) {
    return TransactWriteItem.builder()
        .delete(delete ->
            delete
                .tableName(name)
                .key(key)
                .conditionExpression(condition)
                .expressionAttributeNames(expression.names(condition))
                .expressionAttributeValues(expression.values()))
        .build();
  }
}
