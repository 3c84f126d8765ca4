package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.ProductionSurroundings;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.engines.EmbeddedSqs;
import dev.stile.engines.Sent;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.verify.VerifyHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/// The functions as they are built on Lambda, from variables alone: KMS, DynamoDB, SQS, SNS and SES
/// are the embedded engines, the wiring is production's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://stile.example";
  private static final String IDP = "https://login.example";
  private static final Pattern CODE = Pattern.compile("\\d{6,8}");

  private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
  private Map<String, String> variables = Map.of();

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    var sqs = CompletableFuture.supplyAsync(EmbeddedSqs::start);
    EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    Capture capture = Capture.start(sent::add);
    Path policy = directory.resolve("policy.json");
    Files.writeString(policy, policy());
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
    environment.put("STILE_POLICY", policy.toString());
    environment.put("STILE_MAIL_FROM", "codes@stile.example");
    open.addAll(List.of(dynamo, sqs.join(), capture));

    AwsEnvironment aws = AwsEnvironment.of(environment);
    AccountClients account = DaggerAccountClients.factory().create(aws);
    StileTable.create(account.dynamoDb(), "stile");
    var queues = Queues.create(account.sqs());
    environment.put("STILE_CHALLENGE_REQUESTS_URL", queues.challengeRequests());
    environment.put("STILE_OTP_DELIVERIES_URL", queues.otpDeliveries());
    environment.put("STILE_KMS_KEY", wrappingKey(aws));
    variables = Map.copyOf(environment);

    open.add(0, poller(account, queues.challengeRequests(), true));
    open.add(0, poller(account, queues.otpDeliveries(), false));
  }

  private QueuePoller poller(AccountClients account, String url, boolean requests) {
    var surroundings = ProductionSurroundings.of(variables);
    return new QueuePoller(
            account.sqs(),
            url,
            requests
                ? new ChallengeRequestsHandler(surroundings)
                : new DeliveryHandler(surroundings))
        .start();
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

  private String nextCode() throws InterruptedException {
    Sent message = sent.poll(10, TimeUnit.SECONDS);
    assertThat(message).isInstanceOf(Sent.Sms.class);
    var code = CODE.matcher(((Sent.Sms) message).body());
    assertThat(code.find()).isTrue();
    return code.group();
  }

  private static JsonNode answer(
      int status,
      RequestStreamHandler function,
      String route,
      Map<String, String> path,
      String body)
      throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("isBase64Encoded", true);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    path.forEach(event.putObject("pathParameters")::put);
    ObjectNode context = event.putObject("requestContext").put("requestId", "request-1");
    context.putObject("http").put("sourceIp", "192.0.2.7");
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("iss", IDP)
        .put("sub", "ann")
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
