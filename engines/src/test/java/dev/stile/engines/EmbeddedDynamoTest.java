package dev.stile.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class EmbeddedDynamoTest {
  private static EmbeddedDynamo dynamo;
  private static DynamoDbClient client;
  private String table = "";

  @BeforeAll
  static void start() {
    dynamo = EmbeddedDynamo.inMemory();
    client = Sdk.client(DynamoDbClient.builder(), dynamo.endpoint());
  }

  @AfterAll
  static void stop() {
    client.close();
    dynamo.close();
  }

  @BeforeEach
  void createTable(TestInfo test) {
    table = test.getTestMethod().orElseThrow().getName();
    create(client, table);
  }

  @Test
  void countsUnderACondition() {
    put(client, "a", 4);
    assertThat(count("a", 5).attributes()).containsEntry("n", number(5));
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> count("a", 5))
        .satisfies(e -> assertThat(e.item()).containsEntry("n", number(5)));
  }

  @Test
  void tellsWhatATransactionFoundInsteadOfWhatItAskedFor() {
    put(client, "a", 5);
    var put = Put.builder().tableName(table).item(item("b", 1)).build();
    var update =
        Update.builder()
            .tableName(table)
            .key(key("a"))
            .updateExpression("SET #n = #n + :one")
            .conditionExpression("#n < :limit")
            .expressionAttributeNames(Map.of("#n", "n"))
            .expressionAttributeValues(Map.of(":one", number(1), ":limit", number(5)))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    var both =
        List.of(
            TransactWriteItem.builder().put(put).build(),
            TransactWriteItem.builder().update(update).build());
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> client.transactWriteItems(t -> t.transactItems(both)))
        .satisfies(e -> {
          assertThat(e.cancellationReasons().get(0).code()).isEqualTo("None");
          assertThat(e.cancellationReasons().get(1).item()).containsEntry("n", number(5));
        });
    assertThat(client.getItem(g -> g.tableName(table).key(key("b"))).hasItem()).isFalse();
  }

  @Test
  void streamsWhatWasWritten() {
    put(client, "a", 1);
    count("a", 5);
    var records = streamed(dynamo, client);
    assertThat(records)
        .extracting(Record::eventName)
        .containsExactly(OperationType.INSERT, OperationType.MODIFY);
    assertThat(records.getLast().dynamodb().newImage()).containsEntry("n", number(2));
  }

  private List<Record> streamed(EmbeddedDynamo engine, DynamoDbClient of) {
    var arn = of.describeTable(d -> d.tableName(table)).table().latestStreamArn();
    try (var streams = Sdk.client(DynamoDbStreamsClient.builder(), engine.endpoint())) {
      var shard =
          streams.describeStream(d -> d.streamArn(arn)).streamDescription().shards().getFirst();
      var iterator =
          streams
              .getShardIterator(g ->
                  g.streamArn(arn)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      return streams.getRecords(g -> g.shardIterator(iterator)).records();
    }
  }

  @Test
  void keepsTablesAndTheirStreamsAcrossRestarts(@TempDir Path home) {
    var directory = home.resolve("made/where/missing");
    List<Record> streamed;
    try (var first = EmbeddedDynamo.in(directory);
        var before = Sdk.client(DynamoDbClient.builder(), first.endpoint())) {
      create(before, table);
      put(before, "kept", 7);
      streamed = streamed(first, before);
      assertThat(streamed).hasSize(1);
    }
    try (var second = EmbeddedDynamo.in(directory);
        var after = Sdk.client(DynamoDbClient.builder(), second.endpoint())) {
      var found = after.getItem(g -> g.tableName(table).key(key("kept")).consistentRead(true));
      assertThat(found.item()).containsEntry("n", number(7));
      assertThat(streamed(second, after)).isEqualTo(streamed);
    }
  }

  @Test
  void sharesNothingWithAnotherInMemory() {
    try (var other = EmbeddedDynamo.inMemory();
        var elsewhere = Sdk.client(DynamoDbClient.builder(), other.endpoint())) {
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(() -> elsewhere.describeTable(d -> d.tableName(table)));
      put(client, "a", 1);
    }
    put(client, "b", 1);
  }

  @Test
  void listensOnLoopbackAlone() throws IOException {
    Listening.onLoopbackAlone(dynamo.endpoint());
  }

  @Test
  void turnsAwayWebPages() throws Exception {
    var fromAPage =
        HttpRequest.newBuilder(dynamo.endpoint())
            .header("Origin", "https://example.com")
            .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(fromAPage, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }
  }

  private UpdateItemResponse count(String pk, int limit) {
    return client.updateItem(u ->
        u.tableName(table)
            .key(key(pk))
            .updateExpression("SET #n = if_not_exists(#n, :zero) + :one")
            .conditionExpression("#n < :limit")
            .expressionAttributeNames(Map.of("#n", "n"))
            .expressionAttributeValues(
                Map.of(":zero", number(0), ":one", number(1), ":limit", number(limit)))
            .returnValues(ReturnValue.ALL_NEW)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  private void put(DynamoDbClient into, String pk, int n) {
    into.putItem(p -> p.tableName(table).item(item(pk, n)));
  }

  private static void create(DynamoDbClient client, String table) {
    client.createTable(c ->
        c.tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("pk")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
            .streamSpecification(
                s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
  }

  private static Map<String, AttributeValue> key(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk));
  }

  private static Map<String, AttributeValue> item(String pk, int n) {
    return Map.of("pk", AttributeValue.fromS(pk), "n", number(n));
  }

  private static AttributeValue number(int n) {
    return AttributeValue.fromN(Integer.toString(n));
  }
}
