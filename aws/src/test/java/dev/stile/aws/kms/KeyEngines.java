package dev.stile.aws.kms;

import dev.stile.aws.Engines;
import dev.stile.aws.dynamo.StileTable;
import dev.stile.engines.Capture;
import dev.stile.engines.EmbeddedDynamo;
import dev.stile.subject.Tenant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// KMS and DynamoDB for a class of tests, and a table of its own for each test.
final class KeyEngines implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final Tenant TENANT = new Tenant("default");

  private final Capture capture = Capture.start(sent -> {});
  private final EmbeddedDynamo engine = EmbeddedDynamo.inMemory();
  private final Engines.Clients clients = Engines.clients(capture, engine);
  private final AtomicInteger tables = new AtomicInteger();
  private WrappingKey wrappingKey = new WrappingKey("none");

  @Override
  public void beforeAll(ExtensionContext context) {
    wrappingKey = newWrappingKey();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    tables.incrementAndGet();
    StileTable.create(dynamo(), table().name());
    capture.faults().clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    clients.dynamoDb().close();
    clients.kms().close();
    engine.close();
    capture.close();
  }

  Capture capture() {
    return capture;
  }

  KmsClient kms() {
    return clients.kms();
  }

  DynamoDbClient dynamo() {
    return clients.dynamoDb();
  }

  KeyTable table() {
    return new KeyTable("keys-" + tables.get());
  }

  WrappingKey wrappingKey() {
    return wrappingKey;
  }

  WrappingKey newWrappingKey() {
    return new WrappingKey(kms().createKey().keyMetadata().arn());
  }

  DynamoWrappedKeys wrapped() {
    return new DynamoWrappedKeys(dynamo(), table());
  }
}
