package dev.stile.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// What a server leaves behind: its table, the table's stream and its queues, as texts.
final class Sinks {
  private final DynamoDbClient dynamo;
  private final DynamoDbStreamsClient streams;
  private final SqsClient sqs;

  Sinks(Engines engines) {
    AccountClients account = Stage.account(engines);
    this.dynamo = account.dynamoDb();
    this.streams = account.streams();
    this.sqs = account.sqs();
  }

  DynamoDbClient dynamo() {
    return dynamo;
  }

  SqsClient sqs() {
    return sqs;
  }

  /// Every queue by its name, dead letters too, and the table.
  Map<String, List<String>> all() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("the table", table());
    for (String url : sqs.listQueues().queueUrls()) {
      all.put(url.replaceFirst(".*/", ""), received(url));
    }
    return all;
  }

  List<String> table() {
    List<String> texts = new ArrayList<>();
    dynamo
        .scanPaginator(scan -> scan.tableName(LocalStile.TABLE))
        .items()
        .forEach(item -> texts.add(spelled(AttributeValue.fromM(item))));
    return texts;
  }

  /// Both images of every change that the stream still has.
  List<String> stream() {
    List<String> texts = new ArrayList<>();
    String arn =
        dynamo.describeTable(table -> table.tableName(LocalStile.TABLE)).table().latestStreamArn();
    for (Shard shard :
        streams.describeStream(stream -> stream.streamArn(arn)).streamDescription().shards()) {
      @Nullable String iterator =
          streams
              .getShardIterator(get ->
                  get.streamArn(arn)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      while (iterator != null) {
        String from = iterator;
        GetRecordsResponse read = streams.getRecords(get -> get.shardIterator(from));
        read.records()
            .forEach(streamed -> {
              texts.add(spelled(AttributeValue.fromM(streamed.dynamodb().oldImage())));
              texts.add(spelled(AttributeValue.fromM(streamed.dynamodb().newImage())));
            });
        iterator = read.records().isEmpty() ? null : read.nextShardIterator();
      }
    }
    return texts;
  }

  /// Everything in a value, bytes as they are and as hexadecimal digits.
  static String spelled(AttributeValue value) {
    return switch (value.type()) {
      case M -> {
        var text = new StringBuilder();
        value.m().forEach((name, part) -> text.append(name).append(' ').append(spelled(part)));
        yield text.toString();
      }
      case L -> String.join(" ", value.l().stream().map(Sinks::spelled).toList());
      case S -> value.s() + "\n";
      case N -> value.n() + "\n";
      case B ->
          new String(value.b().asByteArray(), StandardCharsets.ISO_8859_1)
              + " "
              + HexFormat.of().formatHex(value.b().asByteArray());
      default -> value + "\n";
    };
  }

  /// The messages that are visible.
  private List<String> received(String url) {
    List<String> texts = new ArrayList<>();
    List<Message> batch = receive(url);
    while (!batch.isEmpty()) {
      batch.forEach(message -> texts.add(message.toString()));
      batch = receive(url);
    }
    return texts;
  }

  private List<Message> receive(String url) {
    return sqs.receiveMessage(
            receive -> receive.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
        .messages();
  }
}
