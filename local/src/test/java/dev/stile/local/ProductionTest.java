package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.snapshot.Snapshot;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.engines.Fault;
import dev.stile.engines.Sent;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.challenge.NoticeHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.enroll.FactorEventsHandler;
import dev.stile.lambda.relay.RelayHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.vendor.totp.GoogleAuthHotp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/// The functions as they are built on Lambda, from variables alone: KMS, DynamoDB, SQS, SNS and SES
/// are the embedded engines, the wiring is production's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://stile.example";
  private static final String IDP = "https://login.example";
  private static final String AT_ONCE = "POST /v1/verifications";
  private static final TotpParameters USUAL = TotpParameters.USUAL;
  private static final Pattern CODE = Pattern.compile("\\d{6,8}");

  private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
  private Map<String, String> variables = Map.of();
  private Capture capture;

  @BeforeAll
  void start() throws IOException {
    var sqs = CompletableFuture.supplyAsync(EmbeddedSqs::start);
    EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    capture = Capture.start(sent::add);
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", Region.EU_CENTRAL_1.id());
    environment.put("AWS_ACCESS_KEY_ID", "TEST");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", sqs.join().endpoint().toString());
    for (String service : List.of("SNS", "SESV2", "KMS")) {
      environment.put("AWS_ENDPOINT_URL_" + service, capture.endpoint().toString());
    }
    environment.put("STILE_ISSUER", ISSUER);
    environment.put("STILE_TABLE", "stile");
    environment.put("STILE_TENANT", "default");
    environment.put("STILE_MAIL_FROM", "codes@stile.example");
    open.addAll(List.of(dynamo, sqs.join(), capture));

    AwsEnvironment aws = AwsEnvironment.of(environment);
    AccountClients account = DaggerAccountClients.factory().create(aws.with(Stage.PATIENT));
    StileTable.create(account.dynamoDb(), "stile");
    putPolicy(account.dynamoDb());
    var queues = Queues.create(account.sqs());
    environment.put("STILE_CHALLENGE_REQUESTS_URL", queues.challengeRequests());
    environment.put("STILE_OTP_DELIVERIES_URL", queues.otpDeliveries());
    var facts = Queues.createForFacts(account.sqs());
    environment.put("STILE_FACTOR_EVENTS_URL", facts.factorEvents());
    environment.put("STILE_NOTIFICATIONS_URL", facts.notifications());
    environment.put("STILE_UNREADABLE_URL", facts.unreadable());
    environment.put(
        "STILE_EVENTS_TOPIC",
        account.sns().createTopic(topic -> topic.name("stile-events")).topicArn());
    environment.put("STILE_KMS_KEY", wrappingKey(aws));
    variables = Map.copyOf(environment);

    poll(account, queues.challengeRequests(), new ChallengeRequestsHandler(surroundings()));
    poll(account, queues.otpDeliveries(), new DeliveryHandler(surroundings()));
    poll(account, facts.factorEvents(), new FactorEventsHandler(surroundings()));
    poll(account, facts.notifications(), new NoticeHandler(surroundings()));
    String stream =
        account.dynamoDb().describeTable(t -> t.tableName("stile")).table().latestStreamArn();
    open.addFirst(
        new StreamPoller(
                account.streams(),
                new RelayHandler(surroundings()),
                Checkpoint.of(stream, null),
                Clock.systemUTC())
            .start());
  }

  private Surroundings surroundings() {
    return ProductionSurroundings.of(variables);
  }

  private void poll(
      AccountClients account, String url, RequestHandler<SQSEvent, SQSBatchResponse> function) {
    open.addFirst(new QueuePoller(account.sqs(), url, function).start());
  }

  private static String wrappingKey(AwsEnvironment aws) {
    try (KmsClient kms =
        KmsClient.builder()
            .region(aws.region())
            .credentialsProvider(aws.credentials())
            .endpointOverride(aws.endpoint(AwsEnvironment.Service.KMS).orElseThrow())
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build()) {
      return kms.createKey().keyMetadata().arn();
    }
  }

  /// As Terraform does.
  private static void putPolicy(DynamoDbClient client) throws IOException {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("P#default"),
            "sk", AttributeValue.fromS("POLICY"),
            "document", AttributeValue.fromS(policy()));
    client.putItem(put -> put.tableName("stile").item(item));
  }

  private static String policy() throws IOException {
    try (var in = ProductionTest.class.getResourceAsStream("policy.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{base}/local/idp", IDP)
          .replace("{base}", ISSUER);
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable engine : open) {
      engine.close();
    }
  }

  @Test
  void provesAPhoneAndGrantsByItsCode() throws Exception {
    var enroll = new EnrollHandler(ProductionSurroundings.of(variables));
    var challenge = new ChallengeHandler(ProductionSurroundings.of(variables));
    var verify = new VerifyHandler(ProductionSurroundings.of(variables));

    JsonNode factor =
        answer(
            201,
            enroll,
            "POST /v1/factors",
            Map.of(),
            "{\"type\":\"sms\",\"phone\":\"+436641234567\"}");
    String id = factor.get("id").asText();
    JsonNode active =
        answer(
            200,
            verify,
            "POST /v1/factors/{factor_id}/activate",
            Map.of("factor_id", id),
            "{\"code\":\"" + nextCode() + "\"}");
    assertThat(active.get("status").asText()).isEqualTo("active");
    tellsOfIt();

    JsonNode mail =
        answer(
            401,
            enroll,
            "POST /v1/factors",
            Map.of(),
            "{\"type\":\"email\",\"email\":\"ann@stile.example\"}");
    assertThat(mail.get("code").asText()).isEqualTo("insufficient_user_authentication");

    JsonNode tooSoon =
        answer(429, challenge, "POST /v1/challenges", Map.of(), "{\"action\":\"pay\"}");
    assertThat(tooSoon.get("code").asText()).isEqualTo("resend_too_soon");

    JsonNode keys = answer(200, verify, "GET /.well-known/jwks.json", Map.of(), "");
    assertThat(keys.get("keys")).isNotEmpty();
  }

  private void tellsOfIt() {
    Patience.untilTrue(
        "the notice",
        () ->
            received(Sent.Sms.class).stream()
                .anyMatch(sms -> sms.body().contains("Added to your")));
    Patience.untilTrue(
        "the event",
        () ->
            received(Sent.Published.class).stream()
                .anyMatch(event -> event.message().contains("dev.stile.factor.added")));
  }

  private <S extends Sent> List<S> received(Class<S> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  @Tag("R32")
  void worksOnWithTheKeysThatItHoldsWhileKmsIsOut() throws Exception {
    var enroll = new EnrollHandler(ProductionSurroundings.of(variables));
    var verify = new VerifyHandler(ProductionSurroundings.of(variables));
    App kim = enrolled("kim", enroll, verify);
    answer(200, "kim", verify, AT_ONCE, "", atOnce(kim.code(0)));
    App lee = enrolled("lee", enroll, verify);

    capture.faults().plan("kms:Decrypt", 1_000, new Fault.Refused("DisabledException"));
    var late = new VerifyHandler(ProductionSurroundings.of(variables));
    JsonNode none = answer(503, "lee", late, AT_ONCE, "", atOnce(lee.code(0)));
    assertThat(none.get("code").asText()).isEqualTo("unavailable");
    answer(200, "lee", verify, AT_ONCE, "", atOnce(lee.code(0)));

    capture.faults().clear();
    JsonNode used = answer(422, "lee", late, AT_ONCE, "", atOnce(lee.code(0)));
    assertThat(used.get("code").asText()).isEqualTo("code_already_used");
  }

  /// Two processes that go on from one state are two restores of it.
  @Test
  @Tag("R35")
  @Tag("A36")
  void startsAnewAfterEachRestoreOfASnapshot() throws Exception {
    var enroll = new EnrollHandler(ProductionSurroundings.of(variables));
    var challenges =
        new Snapshot<>(() -> ProductionSurroundings.of(variables), ChallengeHandler::new, () -> {});
    var verdicts =
        new Snapshot<>(() -> ProductionSurroundings.of(variables), VerifyHandler::new, () -> {});
    List<String> users = List.of("max", "mia");
    List<App> apps = new ArrayList<>();
    for (String user : users) {
      apps.add(enrolled(user, enroll, verdicts.get()));
    }
    challenges.beforeCheckpoint(Core.getGlobalContext());
    verdicts.beforeCheckpoint(Core.getGlobalContext());
    List<String> ids = new ArrayList<>();
    for (int restore = 0; restore < 2; restore++) {
      challenges.afterRestore(Core.getGlobalContext());
      verdicts.afterRestore(Core.getGlobalContext());
      String user = users.get(restore);
      JsonNode asked =
          answer(201, user, challenges.get(), "POST /v1/challenges", "", "{\"action\":\"pay\"}");
      ids.add(asked.get("id").asText());
      answer(200, user, verdicts.get(), AT_ONCE, "", atOnce(apps.get(restore).code(0)));
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  private static App enrolled(String user, EnrollHandler enroll, VerifyHandler verify)
      throws IOException {
    JsonNode factor = answer(201, user, enroll, "POST /v1/factors", "", "{\"type\":\"totp\"}");
    var app =
        new App(
            Secret.of(Base32.UPPER.decode(factor.get("secret").asText())),
            USUAL.stepAt(Instant.now()));
    answer(
        200,
        user,
        verify,
        "POST /v1/factors/{factor_id}/activate",
        factor.get("id").asText(),
        "{\"code\":\"" + app.code(-1) + "\"}");
    return app;
  }

  private static String atOnce(String code) {
    return "{\"action\":\"pay\",\"code\":\"" + code + "\"}";
  }

  /// An authenticator app and the step at which it was enrolled.
  private record App(Secret seed, long enrolled) {
    String code(int steps) {
      return new GoogleAuthHotp().digits(seed, USUAL, enrolled + steps);
    }
  }

  @Test
  void refusesAnIssuerWithoutTls() {
    Map<String, String> plain = new HashMap<>(variables);
    plain.put("STILE_ISSUER", "http://stile.example");
    var surroundings = ProductionSurroundings.of(plain);
    assertThatThrownBy(surroundings::settings).hasMessageContaining("STILE_ISSUER");
  }

  @Test
  void namesTheVariableThatIsMissing() {
    for (String name : List.of("STILE_TABLE", "STILE_ISSUER", "STILE_KMS_KEY")) {
      Map<String, String> fewer = new HashMap<>(variables);
      fewer.remove(name);
      assertThatThrownBy(() -> new VerifyHandler(ProductionSurroundings.of(fewer)))
          .hasMessageContaining(name);
    }
  }

  private String nextCode() {
    return Patience.until(
        "a code",
        () ->
            received(Sent.Sms.class).stream()
                .map(sms -> CODE.matcher(sms.body()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst());
  }

  private static JsonNode answer(
      int status,
      RequestStreamHandler function,
      String route,
      Map<String, String> path,
      String body)
      throws IOException {
    return answer(status, "ann", function, route, path.getOrDefault("factor_id", ""), body);
  }

  private static JsonNode answer(
      int status,
      String user,
      RequestStreamHandler function,
      String route,
      String factor,
      String body)
      throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("isBase64Encoded", true);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    event.putObject("pathParameters").put("factor_id", factor);
    ObjectNode context = event.putObject("requestContext").put("requestId", "request-1");
    context.putObject("http").put("sourceIp", "192.0.2.7");
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("iss", IDP)
        .put("sub", user)
        .put("client_id", "console")
        .put("auth_time", Long.toString(Instant.now().getEpochSecond()));
    var out = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
        out,
        new LocalContext("test", "request-1"));
    JsonNode answer = JSON.readTree(out.toByteArray());
    assertThat(answer.get("statusCode").asInt()).as(answer.toString()).isEqualTo(status);
    return JSON.readTree(answer.get("body").asText());
  }
}
