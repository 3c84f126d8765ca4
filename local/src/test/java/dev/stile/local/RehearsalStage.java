package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.assurance.Policy;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.RehearsalSurroundings;
import dev.stile.edge.PolicyReader;
import dev.stile.engines.Sent;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.enroll.FactorEventsHandler;
import dev.stile.lambda.relay.RelayHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.testing.SetClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// The functions over the embedded engines, each with a wire that keeps what it was answered.
final class RehearsalStage implements AutoCloseable {
  static final String BASE = "https://stile.invalid";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");
  private static final String KEYS = "{\"S\":\"K#";
  private static final Pattern UNITS = Pattern.compile("\"CapacityUnits\":([0-9.]+)");
  private static final String ACCOUNT = "https://sqs.eu-central-1.amazonaws.com/000000000000/";
  private static final Map<String, String> VARIABLES =
      Map.of(
          "AWS_REGION", "eu-central-1",
          "AWS_ACCESS_KEY_ID", "REHEARSAL",
          "AWS_SECRET_ACCESS_KEY", "rehearsal",
          "STILE_ISSUER", BASE,
          "STILE_TABLE", "stile",
          "STILE_MAIL_FROM", "codes@stile.invalid",
          "STILE_KMS_KEY", "arn:aws:kms:eu-central-1:000000000000:key/rehearsal",
          "STILE_CHALLENGE_REQUESTS_URL", ACCOUNT + "challenge-requests",
          "STILE_OTP_DELIVERIES_URL", ACCOUNT + "otp-deliveries");

  final SetClock clock = new SetClock(Instant.now());
  private final LinkedBlockingDeque<Sent> sent = new LinkedBlockingDeque<>();
  private final Engines engines = Engines.start(null, sent::add);
  private final Map<String, String> variables = new HashMap<>(VARIABLES);
  private final Policy policy;
  private final AccountClients account;
  private final SqsClient sqs;
  private final List<Function> functions = new ArrayList<>();
  private final StringBuilder calls = new StringBuilder();
  private String measured = "";
  private Runnable requests = () -> {};
  private Runnable deliveries = () -> {};
  private Runnable events = () -> {};
  private RecordingWire relay = new RecordingWire();
  private @Nullable Outlet outlet;

  RehearsalStage() throws IOException {
    AwsEnvironment environment = engines.environment();
    account = DaggerAccountClients.factory().create(environment.with(Stage.PATIENT));
    StileTable.create(account.dynamoDb(), "stile");
    sqs = account.sqs();
    var queues = Queues.create(sqs);
    variables.put("STILE_CHALLENGE_REQUESTS_URL", queues.challengeRequests());
    variables.put("STILE_OTP_DELIVERIES_URL", queues.otpDeliveries());
    var facts = Queues.createForFacts(sqs);
    variables.put("STILE_FACTOR_EVENTS_URL", facts.factorEvents());
    variables.put("STILE_NOTIFICATIONS_URL", facts.notifications());
    variables.put("STILE_UNREADABLE_URL", facts.unreadable());
    variables.put(
        "STILE_EVENTS_TOPIC",
        account.sns().createTopic(topic -> topic.name("stile-events")).topicArn());
    for (String service : List.of("SNS", "SESV2", "KMS")) {
      variables.put("AWS_ENDPOINT_URL_" + service, engines.capture().endpoint().toString());
    }
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", engines.dynamo().endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_SQS", engines.sqs().endpoint().toString());
    variables.put("STILE_KMS_KEY", wrappingKey(environment));
    policy = PolicyReader.read(policyDocument().getBytes(StandardCharsets.UTF_8));
  }

  private String wrappingKey(AwsEnvironment environment) {
    try (KmsClient kms =
        KmsClient.builder()
            .region(environment.region())
            .credentialsProvider(environment.credentials())
            .endpointOverride(engines.capture().endpoint())
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build()) {
      return kms.createKey().keyMetadata().arn();
    }
  }

  private static String policyDocument() throws IOException {
    try (var in = LocalPolicy.class.getResourceAsStream("policy.json")) {
      JsonNode document =
          JSON.readTree(
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .replace("{base}", BASE)
                  .replace("\"localhost\"", "\"stile.invalid\""));
      return document.toString();
    }
  }

  private record Function(
      Class<?> type, RequestStreamHandler handler, RecordingWire wire, StringBuilder text) {}

  /// New processes, which know no key yet.
  void restart() {
    functions.clear();
    add(EnrollHandler.class, EnrollHandler::new);
    add(ChallengeHandler.class, ChallengeHandler::new);
    add(VerifyHandler.class, VerifyHandler::new);
    requests = worker("STILE_CHALLENGE_REQUESTS_URL", ChallengeRequestsHandler::new);
    deliveries = worker("STILE_OTP_DELIVERIES_URL", DeliveryHandler::new);
    events = worker("STILE_FACTOR_EVENTS_URL", FactorEventsHandler::new);
    relay = new RecordingWire();
    outlet =
        new Outlet(
            account,
            new RelayHandler(surroundings(relay)),
            variable("STILE_NOTIFICATIONS_URL"),
            clock);
  }

  private void add(
      Class<?> type,
      java.util.function.Function<RehearsalSurroundings, RequestStreamHandler> build) {
    var wire = new RecordingWire();
    functions.add(new Function(type, build.apply(surroundings(wire)), wire, new StringBuilder()));
  }

  private RehearsalSurroundings surroundings(RecordingWire wire) {
    return RehearsalSurroundings.of(variables, policy, clock, wire);
  }

  /// Has the function of this route answer, and keeps what it took.
  JsonNode call(int status, String user, String route, String id, String body, String grant)
      throws IOException {
    ObjectNode event = event(user, route, id, body, grant);
    Function function =
        functions.stream().filter(one -> routes(one).contains(route)).findFirst().orElseThrow();
    function.wire().take();
    var out = new ByteArrayOutputStream();
    function
        .handler()
        .handleRequest(
            new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
            out,
            new LocalContext("r", "r"));
    JsonNode answer = JSON.readTree(out.toByteArray());
    if (answer.get("statusCode").asInt() != status) {
      throw new AssertionError(route + ": " + answer);
    }
    function.text().append("at ").append(clock.instant()).append('\n');
    function.text().append("event ").append(event).append('\n');
    List<RecordingWire.Answered> answered = function.wire().take();
    for (RecordingWire.Answered one : answered) {
      // What was sent is another message each time, and so is its checksum.
      String kept = one.body().replaceAll("\"MD5Of\\w+\":\"\\w+\",?", "").replace("\n", "");
      function.text().append("answer ").append(one.operation()).append(' ').append(kept);
      function.text().append('\n');
    }
    note(function.type().getSimpleName(), answered);
    function.text().append("expect \"statusCode\":").append(status).append('\n');
    return JSON.readTree(answer.get("body").asText());
  }

  /// A verification, by those who have a part in it.
  interface Flow {
    Object run() throws IOException;
  }

  /// Plays it, and what follows from it, and counts what functions ask for.
  void measure(String kind, String user, Flow verification) throws IOException {
    Outlet told = Objects.requireNonNull(outlet);
    List<String> before = told.ends();
    measured = kind;
    verification.run();
    told.tell(told.since(before, user, "MODIFY"));
    note("RelayHandler", relay.take());
    events.run();
    measured = "";
  }

  private String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  void forgetCalls() {
    calls.setLength(0);
  }

  /// Lines of columns: kind, function, operation, consumed units, bytes sent.
  private void note(String function, List<RecordingWire.Answered> answered) {
    if (measured.isEmpty()) {
      return;
    }
    calls.append(measured + '\t' + function + "\tinvoked\t0\t0\n");
    for (RecordingWire.Answered one : answered) {
      if (one.body().contains(KEYS) || one.operation().startsWith("TrentService")) {
        // Once a minute and process, or once for all: not a verification's.
        continue;
      }
      double units = 0;
      Matcher unit = UNITS.matcher(one.body());
      while (unit.find()) {
        units += Double.parseDouble(unit.group(1));
      }
      calls.append(
          String.join(
                  "\t",
                  measured,
                  function,
                  one.operation().replaceFirst("_\\d+", ""),
                  Double.toString(units),
                  Integer.toString(one.bytes()))
              + '\n');
    }
  }

  private static Set<String> routes(Function function) {
    return switch (function.handler()) {
      case EnrollHandler enroll -> enroll.routes();
      case ChallengeHandler challenge -> challenge.routes();
      case VerifyHandler verify -> verify.routes();
      default -> throw new AssertionError();
    };
  }

  private ObjectNode event(String user, String route, String id, String body, String grant) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("isBase64Encoded", false);
    event.put("body", body);
    event.putObject("pathParameters").put("factor_id", id).put("challenge_id", id);
    ObjectNode headers = event.putObject("headers").put("content-type", "application/json");
    if (!grant.isEmpty()) {
      headers.put("stile-grant", grant);
    }
    ObjectNode context = event.putObject("requestContext").put("requestId", "rehearsal");
    context.putObject("http").put("sourceIp", "192.0.2.7");
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("iss", BASE + "/local/idp")
        .put("sub", user)
        .put("client_id", "console")
        .put("sid", "session")
        .put("auth_time", Long.toString(clock.instant().getEpochSecond()));
    return event;
  }

  /// Prepares and delivers what is in the queues; the code that came.
  String code() {
    requests.run();
    deliveries.run();
    String body =
        switch (sent.removeLast()) {
          case Sent.Sms sms -> sms.body();
          case Sent.Email email -> String.valueOf(email.text());
          case Sent.Published published -> published.message();
        };
    Matcher code = CODE.matcher(body);
    if (!code.find()) {
      throw new AssertionError(body);
    }
    return code.group();
  }

  private Runnable worker(
      String variable,
      java.util.function.Function<RehearsalSurroundings, RequestHandler<SQSEvent, SQSBatchResponse>>
          build) {
    var wire = new RecordingWire();
    var function = build.apply(surroundings(wire));
    String name = function.getClass().getSimpleName();
    return () -> {
      for (SQSEvent event : batches(variable(variable))) {
        wire.take();
        SQSBatchResponse done = function.handleRequest(event, new LocalContext("r", "r"));
        note(name, wire.take());
        if (!done.getBatchItemFailures().isEmpty()) {
          throw new AssertionError(name);
        }
      }
    };
  }

  /// What is in a queue, taken out.
  private List<SQSEvent> batches(String url) {
    List<SQSEvent> batches = new ArrayList<>();
    var received =
        sqs.receiveMessage(receive ->
            receive.queueUrl(url).messageSystemAttributeNames(MessageSystemAttributeName.ALL));
    for (Message message : received.messages()) {
      var queued = new SQSEvent.SQSMessage();
      queued.setMessageId(message.messageId());
      queued.setBody(message.body());
      queued.setAttributes(message.attributesAsStrings());
      var event = new SQSEvent();
      event.setRecords(List.of(queued));
      batches.add(event);
      sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
    return batches;
  }

  /// Where the functions have their rehearsals.
  void write() throws IOException {
    for (Function function : functions) {
      String module = function.type().getPackageName().replaceFirst(".*\\.", "");
      Path file =
          Path.of(
              "..",
              module,
              "src/main/resources",
              function.type().getPackageName().replace('.', '/'),
              "rehearsal.txt");
      Files.createDirectories(file.getParent());
      StringBuilder text = new StringBuilder("policy ").append(policyDocument()).append('\n');
      VARIABLES.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(one ->
              text.append("variable ")
                  .append(one.getKey())
                  .append('=')
                  .append(one.getValue())
                  .append('\n'));
      Files.writeString(file, text.append(function.text()));
    }
  }

  /// The secret of an app that a rehearsal knows, for codes of today.
  void keepApp(String secret) throws IOException {
    Path file = Path.of("../bench/src/main/resources/dev/stile/bench/app.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, secret + "\n");
  }

  /// What verifications ask for, for the bill.
  void writeCalls() throws IOException {
    Path file = Path.of("../bench/src/main/resources/dev/stile/bench/calls.tsv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "kind\tfunction\toperation\tunits\tbytes\n" + calls);
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public void close() {
    engines.close();
  }
}
