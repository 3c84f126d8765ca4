package dev.stile.aws.dynamo;

import dev.stile.engines.EmbeddedDynamo;
import dev.stile.testing.Stores;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One table on one embedded engine for all the suites: their subjects are fresh in each test.
final class DynamoLocal {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final EmbeddedDynamo ENGINE = EmbeddedDynamo.inMemory();
  private static final StileTable TABLE = table();

  private DynamoLocal() {}

  private static StileTable table() {
    DynamoDbClient client = client();
    StileTable.create(client, "stile");
    return new StileTable(client, "stile");
  }

  static StileTable shared() {
    return TABLE;
  }

  static Stores stores() {
    return new Stores(
        new DynamoFactors(TABLE),
        new DynamoChallenges(TABLE),
        new DynamoVerdicts(TABLE),
        new DynamoActivations(TABLE),
        new DynamoAssertions(TABLE),
        new DynamoRegistrations(TABLE));
  }

  /// Patient, unlike production's: fifty callers race on one engine, on machines that are busy.
  private static DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(ENGINE.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("TEST", "test")))
        .httpClient(AwsCrtHttpClient.builder().connectionTimeout(PATIENCE).build())
        .overrideConfiguration(behaviour -> behaviour.apiCallTimeout(PATIENCE))
        .build();
  }
}
