package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.assurance.Action;
import dev.stile.assurance.Policy;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.DynamoChallenges;
import dev.stile.aws.dynamo.DynamoFactors;
import dev.stile.aws.dynamo.DynamoRecoveryCodes;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.Settings;
import dev.stile.aws.sns.TopicArn;
import dev.stile.aws.sqs.FactQueueUrls;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.engines.Sent;
import dev.stile.factor.Account;
import dev.stile.factor.FactorKind;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.relay.RelayHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.SetClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// The functions over a wire of their own, called without a gateway, with a clock that stands still
/// and queues that nobody polls: what happens between two calls is what a test lets happen.
final class Stage implements AutoCloseable {
  static final URI BASE = URI.create("http://localhost:1");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_RECEIVES = 8;
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");

  /// Tries are cut off soon, and repeated at once.
  private static final AwsEnvironment.Patience IMPATIENT =
      new AwsEnvironment.Patience(
          Duration.ofMillis(700), Duration.ofSeconds(3), Duration.ofMillis(1));

  static final AwsEnvironment.Patience PATIENT =
      new AwsEnvironment.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1), null);

  final FaultyWire wire;
  final SetClock clock = new SetClock(Instant.now());
  final Outlet outlet;
  private final SqsClient sqs;
  private final QueueUrls queues;
  private final Map<String, RequestStreamHandler> routes = new HashMap<>();
  private final ChallengeRequestsHandler requests;
  private final DeliveryHandler delivery;
  private final DynamoFactors factors;
  private final DynamoChallenges challenges;
  private final DynamoRecoveryCodes recoveryCodes;
  private final Map<String, BlockingQueue<String>> inboxes;

  /// What is no engine: what the capture fills, the keys, and how long the functions wait.
  record Setting(
      Map<String, BlockingQueue<String>> inboxes,
      LocalKeys keys,
      AwsEnvironment.Patience patience) {
    static Setting of(Map<String, BlockingQueue<String>> inboxes) {
      return new Setting(inboxes, LocalKeys.in(null), IMPATIENT);
    }
  }

  Stage(Engines engines, String name, Setting setting) {
    this.inboxes = setting.inboxes();
    try {
      this.wire = FaultyWire.before(engines.dynamo().endpoint(), engines.sqs().endpoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AccountClients account = account(engines);
    this.sqs = account.sqs();
    this.queues = new QueueUrls(queue("requests-" + name), queue("deliveries-" + name));
    String facts = queue("facts-" + name);
    String notifications = queue("notifications-" + name);
    var table = new StileTable(account.dynamoDb(), LocalStile.TABLE);
    this.factors = new DynamoFactors(table);
    this.challenges = new DynamoChallenges(table);
    this.recoveryCodes = new DynamoRecoveryCodes(table);
    AwsEnvironment environment = environment(engines, setting.patience());
    var module =
        new LocalModule(
            new Settings(BASE, LocalStile.TABLE),
            environment,
            new LocalModule.Channels(
                new QueueUrls(wired(queues.challengeRequests()), wired(queues.otpDeliveries())),
                new FactQueueUrls(wired(facts), wired(notifications), wired(facts)),
                new TopicArn(account.sns().createTopic(topic -> topic.name(name)).topicArn())),
            setting.keys(),
            new LocalModule.Ambience(policy(), clock, line -> {}));
    var traces = new Traces(clock);
    var enroll = new EnrollHandler(LocalSurroundings.of(module, traces));
    var challenge = new ChallengeHandler(LocalSurroundings.of(module, traces));
    var verify = new VerifyHandler(LocalSurroundings.of(module, traces));
    enroll.routes().forEach(route -> routes.put(route, enroll));
    challenge.routes().forEach(route -> routes.put(route, challenge));
    verify.routes().forEach(route -> routes.put(route, verify));
    this.requests = new ChallengeRequestsHandler(LocalSurroundings.of(module, traces));
    this.delivery = new DeliveryHandler(LocalSurroundings.of(module, traces));
    var relay = new RelayHandler(LocalSurroundings.of(module, traces));
    this.outlet = new Outlet(account, relay, notifications, clock);
  }

  /// The built-in policy, with an action that takes a chain.
  private static Policy policy() {
    Policy builtIn = LocalPolicy.read(null, BASE);
    Map<String, Action> actions = new HashMap<>(builtIn.actions());
    actions.put(
        "wire",
        new Action(
            "wire",
            false,
            null,
            Set.of(FactorKind.SMS, FactorKind.TOTP),
            List.of(Set.of(FactorKind.SMS), Set.of(FactorKind.TOTP)),
            new Action.Display(null, false),
            new Action.Terms(Duration.ofMinutes(5), null, false)));
    return new Policy(
        builtIn.tenant(),
        builtIn.parties(),
        builtIn.levels(),
        actions,
        builtIn.countries(),
        builtIn.limits());
  }

  /// Clients for what tests arrange, whatever the machine is busy with.
  static AccountClients account(Engines engines) {
    return DaggerAccountClients.factory().create(engines.environment().with(PATIENT));
  }

  private AwsEnvironment environment(Engines engines, AwsEnvironment.Patience patience) {
    AwsEnvironment direct = engines.environment();
    Map<AwsEnvironment.Service, URI> endpoints = new HashMap<>(direct.endpoints());
    endpoints.put(AwsEnvironment.Service.DYNAMODB, wire.endpoint());
    endpoints.put(AwsEnvironment.Service.SQS, wire.endpoint());
    return new AwsEnvironment(direct.region(), direct.credentials(), endpoints, patience);
  }

  private String queue(String name) {
    return sqs.createQueue(queue -> queue.queueName(name)).queueUrl();
  }

  private String wired(String url) {
    return wire.endpoint().resolve(URI.create(url).getPath()).toString();
  }

  /// What an outbox of the capture does.
  static void file(Map<String, BlockingQueue<String>> inboxes, Sent sent) {
    switch (sent) {
      case Sent.Sms sms -> inbox(inboxes, sms.to()).add(sms.body());
      case Sent.Email email -> inbox(inboxes, email.to()).add(String.valueOf(email.text()));
      case Sent.Published published -> {}
    }
  }

  private static BlockingQueue<String> inbox(Map<String, BlockingQueue<String>> all, String to) {
    return all.computeIfAbsent(to, any -> new LinkedBlockingQueue<>());
  }

  /// The codes that arrived at an address since the last look, oldest first.
  List<String> codes(String address) {
    List<String> bodies = new ArrayList<>();
    inbox(inboxes, address).drainTo(bodies);
    List<String> codes = new ArrayList<>();
    for (String body : bodies) {
      Matcher code = CODE.matcher(body);
      if (code.find()) {
        codes.add(code.group());
      }
    }
    return codes;
  }

  // Calls

  /// A status and a body.
  record Reply(int status, JsonNode body) {
    String text(String pointer) {
      return body.at(pointer).asText();
    }

    String code() {
      return text("/code");
    }
  }

  Reply call(String subject, String route, String id, String body, String grant) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("isBase64Encoded", true);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    ObjectNode path = event.putObject("pathParameters");
    path.put("factor_id", id).put("challenge_id", id);
    ObjectNode headers = event.putObject("headers");
    if (!grant.isEmpty()) {
      headers.put("stile-grant", grant);
    }
    ObjectNode context = event.putObject("requestContext").put("requestId", "request-1");
    context.putObject("http").put("sourceIp", "192.0.2.7");
    context
        .putObject("authorizer")
        .putObject("jwt")
        .putObject("claims")
        .put("iss", BASE + "/local/idp")
        .put("sub", subject)
        .put("client_id", "console")
        .put("sid", "session")
        .put("auth_time", Long.toString(clock.instant().getEpochSecond()));
    try {
      var out = new ByteArrayOutputStream();
      RequestStreamHandler function = routes.get(route);
      if (function == null) {
        throw new AssertionError("no function has " + route);
      }
      function.handleRequest(
          new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
          out,
          new LocalContext("test", "request-1"));
      JsonNode answer = JSON.readTree(out.toByteArray());
      String text = answer.path("body").asText();
      return new Reply(
          answer.get("statusCode").asInt(), JSON.readTree(text.isEmpty() ? "{}" : text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Hands what is in the queue of requested challenges to its function, once.
  void prepare() {
    work(queues.challengeRequests(), requests);
  }

  /// The same for the queue of deliveries.
  void deliver() {
    work(queues.otpDeliveries(), delivery);
  }

  /// Until both queues are empty: what failed is brought again, when claims have run out.
  void settle() {
    for (int i = 0; i < MOST_RECEIVES; i++) {
      boolean worked = work(queues.challengeRequests(), requests);
      worked |= work(queues.otpDeliveries(), delivery);
      if (!worked) {
        return;
      }
      if (i > 0) {
        clock.advance(Duration.ofSeconds(31));
      }
    }
    throw new AssertionError("the queues do not get empty");
  }

  private boolean work(String url, RequestHandler<SQSEvent, SQSBatchResponse> function) {
    List<Message> batch =
        sqs.receiveMessage(receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(0)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages();
    if (batch.isEmpty()) {
      return false;
    }
    var event = new SQSEvent();
    event.setRecords(batch.stream().map(Stage::queued).toList());
    List<String> failed =
        function
            .handleRequest(event, new LocalContext("test", "request-1"))
            .getBatchItemFailures()
            .stream()
            .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
            .toList();
    for (Message message : batch) {
      if (!failed.contains(message.messageId())) {
        sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    return true;
  }

  private static SQSEvent.SQSMessage queued(Message message) {
    var queued = new SQSEvent.SQSMessage();
    queued.setMessageId(message.messageId());
    queued.setBody(message.body());
    queued.setAttributes(message.attributesAsStrings());
    return queued;
  }

  // What is in the table

  Account account(String subject) {
    return factors.account(subject(subject));
  }

  Optional<Challenge> challenge(String subject, String id) {
    return challenges.find(subject(subject), new ChallengeId(id));
  }

  RecoveryCodes.Remaining recovery(String subject) {
    return recoveryCodes.remaining(subject(subject)).orElseThrow();
  }

  private static Subject subject(String id) {
    return new Subject(new Tenant("default"), id);
  }

  @Override
  public void close() {
    wire.close();
  }
}
