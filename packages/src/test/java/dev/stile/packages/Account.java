package dev.stile.packages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.engines.Sent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// What the functions find around them. Keys and what is sent are always the capture's: an emulator
/// that makes no key pairs and shows no messages would not do.
final class Account implements AutoCloseable {
  private static final String TABLE = "stile";
  private static final String KEY = "STILE_KMS_KEY";
  private static final String TOPIC = "STILE_EVENTS_TOPIC";
  private static final Map<String, String> QUEUES =
      Map.of(
          "STILE_CHALLENGE_REQUESTS_URL", "challenge-requests",
          "STILE_OTP_DELIVERIES_URL", "otp-deliveries",
          "STILE_FACTOR_EVENTS_URL", "factor-events",
          "STILE_NOTIFICATIONS_URL", "notifications",
          "STILE_UNREADABLE_URL", "unreadable");

  private final List<Sent> sent;
  private final Capture capture;
  private final Wire wire;
  private final Function<String, Map<String, String>> variables;
  private final SqsClient sqs;

  private Account(
      List<Sent> sent,
      Capture capture,
      Wire wire,
      Function<String, Map<String, String>> variables) {
    this.sent = sent;
    this.capture = capture;
    this.wire = wire;
    this.variables = variables;
    this.sqs =
        client(wire.sqs(), SqsClient.builder().httpClientBuilder(AwsCrtHttpClient.builder()));
  }

  /// Where table and queues are, and what goes down with them.
  private record Wire(URI dynamo, URI sqs, List<Runnable> ends) {}

  /// The engines; or what Terraform applied to an emulator, where its outputs are named.
  static Account open() throws IOException {
    String outputs = System.getProperty("stile.applied");
    List<Sent> sent = new CopyOnWriteArrayList<>();
    Capture capture = Capture.start(sent::add);
    Account account =
        outputs == null
            ? embedded(sent, capture)
            : applied(sent, capture, new ObjectMapper().readTree(Path.of(outputs).toFile()));
    account.keepPolicy();
    return account;
  }

  private static Account embedded(List<Sent> sent, Capture capture) {
    var starting = CompletableFuture.supplyAsync(EmbeddedSqs::start);
    EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    EmbeddedSqs queues = starting.join();
    Map<String, String> values = captured(capture);
    values.put("STILE_ISSUER", "https://stile.example.com");
    values.put("STILE_MAIL_FROM", "codes@example.com");
    values.put("STILE_SMS_SENDER_ID", "Stile");
    values.put("STILE_TABLE", TABLE);
    values.put("STILE_TENANT", "default");
    try (DynamoDbClient client = table(dynamo.endpoint())) {
      StileTable.create(client, TABLE);
    }
    var account =
        new Account(
            sent,
            capture,
            new Wire(dynamo.endpoint(), queues.endpoint(), List.of(queues::close, dynamo::close)),
            name -> {
              Map<String, String> given = Deployed.shared();
              Deployed.function(name).environment().forEach(one -> given.put(one, values.get(one)));
              return given;
            });
    QUEUES.forEach((variable, name) ->
        values.put(variable, account.sqs.createQueue(q -> q.queueName(name)).queueUrl()));
    return account;
  }

  /// `outputs` of the root module, as JSON; `AWS_ENDPOINT_URL` is the emulator's.
  private static Account applied(List<Sent> sent, Capture capture, JsonNode outputs) {
    URI emulator = URI.create(System.getenv("AWS_ENDPOINT_URL"));
    Map<String, String> captured = captured(capture);
    return new Account(
        sent,
        capture,
        new Wire(emulator, emulator, List.of()),
        name -> {
          Map<String, String> given = new HashMap<>();
          outputs
              .at("/functions/" + name + "/environment")
              .properties()
              .forEach(one -> given.put(one.getKey(), one.getValue().asText()));
          captured.forEach((variable, value) -> given.replace(variable, value));
          return given;
        });
  }

  /// As Terraform puts it there, and without a pause, as nobody waits between a code and the next.
  private void keepPolicy() {
    String document = Deployed.policy().replace("\"PT30S\"", "\"PT0S\"");
    try (DynamoDbClient client = table(wire.dynamo())) {
      client.putItem(put ->
          put.tableName(TABLE)
              .item(
                  Map.of(
                      "pk", AttributeValue.fromS("P#default"),
                      "sk", AttributeValue.fromS("POLICY"),
                      "document", AttributeValue.fromS(document))));
    }
  }

  private static DynamoDbClient table(URI endpoint) {
    return client(endpoint, DynamoDbClient.builder().httpClientBuilder(AwsCrtHttpClient.builder()));
  }

  private static Map<String, String> captured(Capture capture) {
    Map<String, String> values = new HashMap<>();
    try (var kms =
            client(
                capture.endpoint(),
                KmsClient.builder().httpClientBuilder(AwsCrtHttpClient.builder()));
        var sns =
            client(
                capture.endpoint(),
                SnsClient.builder().httpClientBuilder(AwsCrtHttpClient.builder()))) {
      values.put(KEY, kms.createKey().keyMetadata().arn());
      values.put(TOPIC, sns.createTopic(topic -> topic.name("stile-events")).topicArn());
    }
    return values;
  }

  private static <B extends AwsClientBuilder<B, C>, C> C client(URI endpoint, B builder) {
    return builder
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .endpointOverride(endpoint)
        .build();
  }

  /// What Terraform sets for the function, and Lambda for every one.
  Map<String, String> environment(String function) {
    Map<String, String> environment = variables.apply(function);
    environment.put("AWS_REGION", Region.EU_CENTRAL_1.id());
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", wire.dynamo().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", wire.sqs().toString());
    for (String service : List.of("SNS", "SESV2", "KMS")) {
      environment.put("AWS_ENDPOINT_URL_" + service, capture.endpoint().toString());
    }
    return environment;
  }

  URI dynamo() {
    return wire.dynamo();
  }

  SqsClient sqs() {
    return sqs;
  }

  /// What was sent so far.
  <S extends Sent> List<S> sent(Class<S> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    sqs.close();
    capture.close();
    wire.ends().forEach(Runnable::run);
  }
}
