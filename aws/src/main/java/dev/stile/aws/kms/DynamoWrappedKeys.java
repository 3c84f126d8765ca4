package dev.stile.aws.kms;

import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item for each key: `K#<tenant>` / `<use>#<epoch>`.
public final class DynamoWrappedKeys implements WrappedKeys {
  private static final String WRAPPED = "wrapped";

  private final KeyItems items;

  @Inject
  public DynamoWrappedKeys(DynamoDbClient client, KeyTable table) {
    this.items = new KeyItems(client, table);
  }

  @Override
  public Optional<byte[]> find(KeyName name) {
    return items.find(name.tenant(), sortKey(name)).map(DynamoWrappedKeys::wrapped);
  }

  @Override
  public byte[] putIfAbsent(KeyName name, byte[] wrapped) {
    var content = Map.of(WRAPPED, AttributeValue.fromB(SdkBytes.fromByteArray(wrapped)));
    return wrapped(items.putIfAbsent(name.tenant(), sortKey(name), content));
  }

  private static String sortKey(KeyName name) {
    return name.use().name() + "#" + name.epoch();
  }

  private static byte[] wrapped(Map<String, AttributeValue> item) {
    return KeyItems.bytes(item, WRAPPED);
  }
}
