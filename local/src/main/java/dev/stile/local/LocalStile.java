package dev.stile.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpHandler;
import dev.stile.assurance.Policy;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.runtime.Settings;
import dev.stile.aws.runtime.Surroundings;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.edge.JsonLog;
import dev.stile.lambda.challenge.ChallengeHandler;
import dev.stile.lambda.challenge.ChallengeRequestsHandler;
import dev.stile.lambda.challenge.DeliveryHandler;
import dev.stile.lambda.enroll.EnrollHandler;
import dev.stile.lambda.verify.VerifyHandler;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The whole of Stile in one process. Its functions meet only through the engines, over the wire.
final class LocalStile implements AutoCloseable {
  static final String TABLE = "stile";
  private static final int START_TRIES = 6;

  private final FrontDoor door;
  private final Engines engines;
  private final Traces traces;
  private final List<QueuePoller> pollers = new ArrayList<>();

  private LocalStile(FrontDoor door, Engines engines, Traces traces) {
    this.door = door;
    this.engines = engines;
    this.traces = traces;
  }

  /// The log lines of the functions go to `log`.
  static LocalStile start(Options options, PrintStream log) throws IOException {
    FrontDoor door = FrontDoor.bind(options.port());
    try {
      Policy policy = LocalPolicy.read(options.policy(), door.base());
      return start(door, options.data(), policy, log);
    } catch (IOException | RuntimeException e) {
      door.close();
      throw e;
    }
  }

  private static LocalStile start(
      FrontDoor door, @Nullable Path data, Policy policy, PrintStream log) throws IOException {
    prepare(data);
    var clock = new LocalClock(Clock.systemUTC(), in(data, "clock"));
    var keys = LocalKeys.in(in(data, "keys"));
    var inbox = new Inbox(clock);
    Engines engines = Engines.start(in(data, "dynamodb"), inbox);
    AwsEnvironment environment = engines.environment();
    // The clients of the account's side: what Terraform and the event source mappings do on AWS.
    AccountClients account = DaggerAccountClients.factory().create(environment);
    createTable(account.dynamoDb());
    QueueUrls queues = Queues.create(account.sqs());

    var stile = new LocalStile(door, engines, new Traces(clock));
    var module =
        new LocalModule(
            new Settings(door.base(), TABLE),
            environment,
            queues,
            keys,
            new LocalModule.Ambience(policy, clock, new JsonLog(log)));
    stile.poll(account, queues, module);
    stile.open(module, keys, clock, inbox);
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
  private static void createTable(DynamoDbClient client) {
    for (int tries = 1; tries <= START_TRIES; tries++) {
      try {
        StileTable.create(client, TABLE);
        return;
      } catch (ResourceInUseException e) {
        // Kept from an earlier run.
        return;
      } catch (ApiCallTimeoutException e) {
        if (tries == START_TRIES) {
          throw e;
        }
      }
    }
  }

  private void poll(AccountClients account, QueueUrls queues, LocalModule module) {
    poll(
        account.sqs(),
        queues.challengeRequests(),
        "challenge",
        new ChallengeRequestsHandler(surroundings(module)));
    poll(
        account.sqs(),
        queues.otpDeliveries(),
        "delivery worker",
        new DeliveryHandler(surroundings(module)));
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

  private void open(LocalModule module, LocalKeys keys, LocalClock clock, Inbox inbox) {
    var enroll = new EnrollHandler(surroundings(module));
    var challenge = new ChallengeHandler(surroundings(module));
    var verify = new VerifyHandler(surroundings(module));
    var routes =
        new Routes()
            .add(enroll.routes(), enroll)
            .add(challenge.routes(), challenge)
            .add(verify.routes(), verify);
    URI issuer = URI.create(base() + "/local/idp");
    var identityProvider = new IdentityProvider(issuer, clock, keys.current());
    HttpHandler gateway = new Gateway(routes, identityProvider, traces, clock)::answer;
    HttpHandler local = new LocalEndpoints(identityProvider, inbox, traces, clock)::answer;
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

  /// Nothing is delivered any more: the queues fill.
  void stopPollers() {
    pollers.forEach(QueuePoller::stop);
    pollers.forEach(QueuePoller::await);
    pollers.clear();
  }

  @Override
  public void close() {
    door.close();
    pollers.forEach(QueuePoller::close);
    engines.close();
  }
}
