package dev.stile.aws.dynamo;

import dev.stile.aws.Engines;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.testing.Stores;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One table on one embedded engine for all the suites: their subjects are fresh in each test.
final class DynamoLocal {
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
        new DynamoActivations(TABLE));
  }

  private static DynamoDbClient client() {
    return Engines.clients(Map.of("DYNAMODB", ENGINE.endpoint())).dynamoDb();
  }
}
