package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpHandler;
import dev.stile.audit.Log;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.Settings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.sns.TopicArn;
import dev.stile.edge.JsonLog;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.challenge.NoticeHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.enroll.FactorEventsHandler;
import dev.stile.lambda.relay.RelayHandler;
import dev.stile.lambda.verify.RotationHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.local.LocalModule.Channels;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The whole of Stile in one process. Its functions meet only through the engines, over the wire.
final class LocalStile implements AutoCloseable {
  static final String TABLE = "stile";
  private static final int START_TRIES = 6;
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);

  private final FrontDoor door;
  private final Engines engines;
  private final Traces traces;
  private final ScheduledExecutorService chores =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());
  private final List<QueuePoller> pollers = new ArrayList<>();
  private @Nullable Supplier<StreamPoller> relays;
  private @Nullable StreamPoller relay;

  private LocalStile(FrontDoor door, Engines engines, Traces traces) {
    this.door = door;
    this.engines = engines;
    this.traces = traces;
  }

  /// The log lines of the functions go to `log`.
  static LocalStile start(Options options, PrintStream log) throws IOException {
    FrontDoor door = FrontDoor.bind(options.port());
    try {
      prepare(options.data());
      var clock = new LocalClock(Clock.systemUTC(), in(options.data(), "clock"));
      var lines = new JsonLog(log);
      var policies = new LocalPolicies(options.policy(), door.base(), clock, lines);
      return start(door, options.data(), new Setting(policies, clock, lines));
    } catch (IOException | RuntimeException e) {
      door.close();
      throw e;
    }
  }

  /// What stands before anything runs.
  private record Setting(LocalPolicies policies, LocalClock clock, Log log) {
    LocalModule.Ambience ambience() {
      return new LocalModule.Ambience(policies, clock, log);
    }
  }

  private static LocalStile start(FrontDoor door, @Nullable Path data, Setting setting)
      throws IOException {
    LocalClock clock = setting.clock();
    var keys = LocalKeys.in(in(data, "keys"));
    var inbox = new Inbox(clock);
    Engines engines = Engines.start(in(data, "dynamodb"), inbox);
    AwsEnvironment environment = engines.environment();
    // The clients of the account's side: what Terraform and the event source mappings do on AWS.
    AccountClients account = DaggerAccountClients.factory().create(environment);
    patiently(() -> createTable(account.dynamoDb()));
    var channels =
        new Channels(
            patiently(() -> Queues.create(account.sqs())),
            patiently(() -> Queues.createForFacts(account.sqs())),
            new TopicArn(
                account.sns().createTopic(topic -> topic.name("stile-events")).topicArn()));

    var stile = new LocalStile(door, engines, new Traces(clock));
    var module =
        new LocalModule(
            new Settings(door.base(), TABLE), environment, channels, keys, setting.ambience());
    stile.poll(account.sqs(), channels, module);
    stile.relay(account, module, clock, in(data, "stream"));
    var shop = LocalShop.beside(door.base(), setting.policies()::document, clock, setting.log());
    stile.open(module, keys, clock, inbox, shop);
    stile.every(HOUSEKEEPING, setting.policies()::document);
    return stile;
  }

  private static void prepare(@Nullable Path data) {
    try {
      if (data != null) {
        Files.createDirectories(data);
      }
    } catch (IOException e) {
      throw new BadOptions("the folder " + data + " cannot be used");
    }
  }

  private static @Nullable Path in(@Nullable Path data, String name) {
    return data == null ? null : data.resolve(name);
  }

  /// The first call to an engine that is still warming up may outlast the patience of its client.
  private static <T> T patiently(Supplier<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (ApiCallTimeoutException e) {
        if (tries == START_TRIES) {
          throw e;
        }
      }
    }
  }

  /// False where it was kept from an earlier run.
  private static boolean createTable(DynamoDbClient client) {
    try {
      StileTable.create(client, TABLE);
      return true;
    } catch (ResourceInUseException e) {
      return false;
    }
  }

  /// What has to be noticed while nobody calls.
  private void every(Duration pause, Runnable chore) {
    long millis = pause.toMillis();
    Runnable patient =
        () -> {
          try {
            chore.run();
          } catch (RuntimeException e) {
            // Told to whoever calls; here it is tried again.
          }
        };
    var unused = chores.scheduleWithFixedDelay(patient, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void poll(SqsClient sqs, Channels channels, LocalModule module) {
    poll(
        sqs,
        channels.commands().challengeRequests(),
        "challenge",
        new ChallengeRequestsHandler(surroundings(module)));
    poll(
        sqs,
        channels.commands().otpDeliveries(),
        "delivery worker",
        new DeliveryHandler(surroundings(module)));
    poll(
        sqs,
        channels.facts().factorEvents(),
        "enroll",
        new FactorEventsHandler(surroundings(module)));
    poll(
        sqs,
        channels.facts().notifications(),
        "notice worker",
        new NoticeHandler(surroundings(module)));
  }

  private void relay(
      AccountClients account, LocalModule module, LocalClock clock, @Nullable Path checkpoint) {
    String stream =
        account.dynamoDb().describeTable(table -> table.tableName(TABLE)).table().latestStreamArn();
    relays =
        () ->
            new StreamPoller(
                account.streams(),
                new WatchedRelay(traces, new RelayHandler(surroundings(module))),
                Checkpoint.of(stream, checkpoint),
                clock);
    relay = relays.get().start();
  }

  private void poll(
      SqsClient sqs,
      String queueUrl,
      String name,
      RequestHandler<SQSEvent, SQSBatchResponse> function) {
    String queue = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    var watched = new WatchedFunction(traces, name, queue, function);
    pollers.add(new QueuePoller(sqs, queueUrl, watched).start());
  }

  private void open(
      LocalModule module, LocalKeys keys, LocalClock clock, Inbox inbox, LocalShop shop) {
    var rotation = new RotationHandler(surroundings(module));
    var enroll = new EnrollHandler(surroundings(module));
    var challenge = new ChallengeHandler(surroundings(module));
    var verify = new VerifyHandler(surroundings(module));
    var routes =
        new Routes()
            .add(enroll.routes(), enroll)
            .add(challenge.routes(), challenge)
            .add(verify.routes(), verify)
            .add(Set.of(Shop.PAY), shop.service())
            .protect(Set.of(Shop.PAY), shop.authorizer());
    URI issuer = URI.create(base() + "/local/idp");
    var identityProvider = new IdentityProvider(issuer, clock, keys.first());
    LocalAuthorizer login = LocalLogin.of(module.ambience(), identityProvider);
    HttpHandler gateway = new Gateway(routes, login, traces, clock)::answer;
    var endpoints = new LocalEndpoints(identityProvider, inbox, traces, clock, rotation);
    every(HOUSEKEEPING, endpoints::rotate);
    HttpHandler local = endpoints::answer;
    HttpHandler console = new ConsoleFiles()::answer;
    door.open(path -> {
      if (path.equals("/") || path.startsWith("/console/")) {
        return console;
      }
      return path.startsWith("/local/") ? local : gateway;
    });
  }

  /// Each function has its own, so that they share nothing but what is over the wire.
  private Surroundings surroundings(LocalModule module) {
    return LocalSurroundings.of(module, traces);
  }

  URI base() {
    return door.base();
  }

  Engines engines() {
    return engines;
  }

  /// Nothing is told any more: the stream fills.
  void stopRelay() {
    if (relay != null) {
      relay.close();
    }
  }

  /// Tells again from where a new process would go on.
  void relayAgain() {
    stopRelay();
    if (relays != null) {
      relay = relays.get().start();
    }
  }

  /// Nothing is delivered any more: the queues fill.
  void stopPollers() {
    pollers.forEach(QueuePoller::stop);
    pollers.forEach(QueuePoller::await);
    pollers.clear();
  }

  @Override
  public void close() {
    chores.shutdownNow();
    door.close();
    stopRelay();
    pollers.forEach(QueuePoller::close);
    engines.close();
  }
}
