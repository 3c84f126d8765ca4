package dev.stile.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/// Events in the JSON in which Lambda hands them over.
final class Events {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Events() {}

  /// A request at the self-service door, by a user who has just signed in. `path` is the value of
  /// the route's one parameter.
  static ObjectNode request(String user, String route, String path, String body) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("isBase64Encoded", true);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));
    event
        .putObject("pathParameters")
        .put(route.replaceFirst("[^{]*\\{?", "").replaceFirst("}.*", ""), path);
    ObjectNode context = event.putObject("requestContext").put("requestId", "request-1");
    context.putObject("http").put("sourceIp", "192.0.2.7");
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("iss", "https://login.example.com/")
        .put("sub", user)
        .put("client_id", "web")
        .put("auth_time", Long.toString(Instant.now().getEpochSecond()));
    return event;
  }

  /// A sign-in at a Cognito pool that has come as far as these challenges, all of them met.
  static ObjectNode signIn(String trigger, String... met) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "1").put("region", "eu-central-1").put("userName", "ann");
    event.put("userPoolId", "eu-central-1_Ab1Cd2Ef3");
    event.put("triggerSource", trigger + "_Authentication");
    event.putObject("callerContext").put("clientId", "web");
    ObjectNode request = event.putObject("request").put("userNotFound", false);
    request.putObject("userAttributes").put("sub", "3f0e0b4c-1111-4222-8333-444455556666");
    var session = request.putArray("session");
    for (String challenge : met) {
      session.addObject().put("challengeName", challenge).put("challengeResult", true);
    }
    event.putObject("response");
    return event;
  }

  /// Messages of a queue.
  static ObjectNode messages(List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    var records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode one = records.addObject();
      one.put("messageId", message.messageId()).put("receiptHandle", message.receiptHandle());
      one.put("body", message.body())
          .put("eventSource", "aws:sqs")
          .put("awsRegion", "eu-central-1");
      ObjectNode attributes = one.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
    }
    return event;
  }

  /// What the stream of the table shows from its beginning: its own answers have the form that
  /// Lambda hands on.
  static ObjectNode changes(URI dynamo, String table) throws IOException, InterruptedException {
    JsonNode described =
        call(dynamo, "DynamoDB_20120810.DescribeTable", "{\"TableName\":\"" + table + "\"}");
    ObjectNode stream = JSON.createObjectNode();
    stream.set("StreamArn", described.at("/Table/LatestStreamArn"));
    JsonNode shards = call(dynamo, "DynamoDBStreams_20120810.DescribeStream", stream.toString());
    ObjectNode event = JSON.createObjectNode();
    var records = event.putArray("Records");
    for (JsonNode shard : shards.at("/StreamDescription/Shards")) {
      stream.put("ShardIteratorType", "TRIM_HORIZON").set("ShardId", shard.get("ShardId"));
      JsonNode iterator =
          call(dynamo, "DynamoDBStreams_20120810.GetShardIterator", stream.toString());
      for (JsonNode change :
          call(dynamo, "DynamoDBStreams_20120810.GetRecords", iterator.toString()).at("/Records")) {
        if (change.at("/dynamodb/Keys/sk/S").asText().startsWith("F#")) {
          ((ObjectNode) change).put("eventSource", "aws:dynamodb");
          nameEmptyMaps(change);
          records.add(change);
        }
      }
    }
    return event;
  }

  /// The embedded stream says nothing of a map that is empty.
  private static void nameEmptyMaps(JsonNode node) {
    for (JsonNode value : node) {
      nameEmptyMaps(value);
      if (value instanceof ObjectNode empty && empty.isEmpty()) {
        empty.putObject("M");
      }
    }
  }

  private static JsonNode call(URI endpoint, String target, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/dynamodb/aws4_request, "
                    + "SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(target + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
