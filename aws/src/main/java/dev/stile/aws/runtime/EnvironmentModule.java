package dev.stile.aws.runtime;

import dagger.Module;
import dagger.Provides;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.audit.Log;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.courier.Sender;
import dev.stile.aws.dynamo.DynamoPolicies;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.aws.kms.WrappingKey;
import dev.stile.aws.sns.TopicArn;
import dev.stile.aws.sqs.FactQueueUrls;
import dev.stile.aws.sqs.QueueUrls;
import dev.stile.edge.JsonLog;
import dev.stile.edge.PolicyReader;
import dev.stile.subject.Tenant;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Reads a deployment's variables. Those that a function does not need may be missing.
@Module
final class EnvironmentModule {
  private final Map<String, String> variables;
  private final Ambience ambience;

  EnvironmentModule(Map<String, String> variables, Ambience ambience) {
    this.variables = Map.copyOf(variables);
    this.ambience = ambience;
  }

  /// What is not told by a variable.
  record Ambience(Function<Map<String, String>, Policy> policy, Clock clock, Log log) {
    /// The policy is the document beside the code.
    static Ambience ofAccount() {
      return new Ambience(EnvironmentModule::document, Clock.systemUTC(), new JsonLog(System.out));
    }
  }

  @Provides
  Settings settings() {
    URI issuer = URI.create(need("STILE_ISSUER"));
    if (!"https".equals(issuer.getScheme())) {
      throw new IllegalStateException("STILE_ISSUER is not an https address");
    }
    return new Settings(issuer, need("STILE_TABLE"));
  }

  @Provides
  AwsEnvironment aws() {
    return AwsEnvironment.of(variables);
  }

  @Provides
  WrappingKey wrappingKey() {
    return new WrappingKey(need("STILE_KMS_KEY"));
  }

  @Provides
  QueueUrls queues() {
    return new QueueUrls(need("STILE_CHALLENGE_REQUESTS_URL"), need("STILE_OTP_DELIVERIES_URL"));
  }

  @Provides
  FactQueueUrls factQueues() {
    return new FactQueueUrls(
        need("STILE_FACTOR_EVENTS_URL"),
        need("STILE_NOTIFICATIONS_URL"),
        need("STILE_UNREADABLE_URL"));
  }

  @Provides
  TopicArn eventTopic() {
    return new TopicArn(need("STILE_EVENTS_TOPIC"));
  }

  @Provides
  Sender sender() {
    return new Sender(need("STILE_MAIL_FROM"), variables.get("STILE_SMS_SENDER_ID"));
  }

  /// The document of the tenant in the table, where the tenant is named; otherwise the one beside
  /// the code, refused at start if it is broken.
  @Provides
  @Singleton
  Policies policies(Provider<DynamoDbClient> client, Settings settings, Clock clock, Log log) {
    if (isNamed()) {
      return new DynamoPolicies(
          new StileTable(client.get(), settings.table()), tenant(), clock, log);
    }
    Policy policy = beside();
    return () -> policy;
  }

  @Provides
  @Singleton
  Tenant tenant() {
    return isNamed() ? new Tenant(need("STILE_TENANT")) : beside().tenant();
  }

  private boolean isNamed() {
    return variables.containsKey("STILE_TENANT");
  }

  private Policy beside() {
    return ambience.policy().apply(variables);
  }

  private static Policy document(Map<String, String> variables) {
    Path file = Path.of(variables.getOrDefault("STILE_POLICY", "policy.json"));
    try {
      return PolicyReader.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provides
  Clock clock() {
    return ambience.clock();
  }

  @Provides
  Log log() {
    return ambience.log();
  }

  private String need(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
