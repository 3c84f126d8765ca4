package dev.stile.aws.runtime;

import dagger.Module;
import dagger.Provides;
import dev.stile.audit.Log;
import dev.stile.aws.AwsEnvironment;
import dev.stile.aws.AwsEnvironment.Patience;
import dev.stile.aws.door.SignedCalls;
import dev.stile.aws.door.SignedStepUps;
import dev.stile.aws.dynamo.DynamoSignIns;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.edge.JsonLog;
import dev.stile.signin.SignIns;
import dev.stile.signin.StepUps;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Reads a trigger's variables. Cognito waits for 5 seconds and then asks again: a call to Stile
/// and one to the table fit in, however they end.
@Module
final class TriggerModule {
  static final Duration STEP_UP = Duration.ofMillis(3_200);
  static final Patience TABLE =
      new Patience(Duration.ofMillis(600), Duration.ofMillis(1_300), null);

  private final Map<String, String> variables;

  TriggerModule(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Provides
  @Singleton
  AwsEnvironment environment() {
    return AwsEnvironment.of(variables).with(TABLE);
  }

  @Provides
  StepUps stepUps(AwsEnvironment environment) {
    URI issuer = URI.create(need("STILE_ISSUER"));
    if (!"https".equals(issuer.getScheme())) {
      throw new IllegalStateException("STILE_ISSUER is not an https address");
    }
    var calls = new SignedCalls(issuer, environment, STEP_UP);
    return new SignedStepUps(calls, variables.getOrDefault("STILE_ACTION", "login"));
  }

  @Provides
  SignIns signIns(DynamoDbClient client) {
    return new DynamoSignIns(new StileTable(client, need("STILE_TABLE")));
  }

  @Provides
  Clock clock() {
    return Clock.systemUTC();
  }

  @Provides
  Log log() {
    return new JsonLog(System.out);
  }

  private String need(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }
}
