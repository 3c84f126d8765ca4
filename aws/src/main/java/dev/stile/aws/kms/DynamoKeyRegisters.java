package dev.stile.aws.kms;

import dev.stile.key.Bytes;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.token.KeyRegister;
import dev.stile.token.KeyRegister.Entry;
import dev.stile.token.KeyRegister.Pair;
import dev.stile.token.KeyRegisters;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item for each algorithm, `SIGN#<alg>`, so that a register changes as a whole, decided by its
/// version.
public final class DynamoKeyRegisters implements KeyRegisters {
  private static final String VERSION = "version";
  private static final String KEYS = "keys";
  private static final String PUBLIC = "public";
  private static final String WRAPPED = "wrapped";
  private static final String PUBLISHED = "published";
  private static final String USED_FROM = "used_from";
  private static final String WITHDRAWN = "withdrawn";

  private final KeyItems items;
  private final Tenant tenant;

  public DynamoKeyRegisters(DynamoDbClient client, KeyTable table, Tenant tenant) {
    this.items = new KeyItems(client, table);
    this.tenant = tenant;
  }

  @Override
  public KeyRegister read(SigningAlgorithm algorithm) {
    return items
        .find(tenant, sortKey(algorithm))
        .map(item -> register(algorithm, item))
        .orElse(KeyRegister.empty(algorithm));
  }

  @Override
  public boolean keep(KeyRegister next) {
    List<AttributeValue> keys =
        next.entries().stream()
            .map(DynamoKeyRegisters::attributes)
            .map(AttributeValue::fromM)
            .toList();
    return items.replace(
        tenant,
        sortKey(next.algorithm()),
        next.version(),
        Map.of(KEYS, AttributeValue.fromL(keys)));
  }

  private static String sortKey(SigningAlgorithm algorithm) {
    return "SIGN#" + algorithm.name();
  }

  private static KeyRegister register(
      SigningAlgorithm algorithm, Map<String, AttributeValue> item) {
    try {
      long version = Long.parseLong(of(item, VERSION).n());
      return new KeyRegister(
          algorithm,
          version,
          of(item, KEYS).l().stream()
              .map(AttributeValue::m)
              .map(key -> entry(algorithm, key))
              .toList());
    } catch (DateTimeException | NumberFormatException e) {
      throw new KeyUnavailable("a register of signing keys cannot be read", e);
    }
  }

  private static Entry entry(SigningAlgorithm algorithm, Map<String, AttributeValue> key) {
    @Nullable AttributeValue withdrawn = key.get(WITHDRAWN);
    return new Entry(
        new Pair(
            published(algorithm, KeyItems.bytes(key, PUBLIC)),
            Bytes.of(KeyItems.bytes(key, WRAPPED))),
        Instant.parse(of(key, PUBLISHED).s()),
        Instant.parse(of(key, USED_FROM).s()),
        withdrawn == null ? null : Instant.parse(withdrawn.s()));
  }

  /// The thumbprint is computed, never read: an item cannot lend a key another's name.
  private static PublishedKey published(SigningAlgorithm algorithm, byte[] publicKey) {
    try {
      return PublishedKey.of(
          KeyFactory.getInstance(algorithm.family())
              .generatePublic(new X509EncodedKeySpec(publicKey)));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("a key item holds no key for " + algorithm, e);
    }
  }

  private static Map<String, AttributeValue> attributes(Entry entry) {
    Map<String, AttributeValue> key = new HashMap<>();
    key.put(PUBLIC, binary(entry.pair().key().key().getEncoded()));
    key.put(WRAPPED, binary(entry.pair().wrapped().array()));
    key.put(PUBLISHED, AttributeValue.fromS(entry.published().toString()));
    key.put(USED_FROM, AttributeValue.fromS(entry.usedFrom().toString()));
    Instant withdrawn = entry.withdrawn();
    if (withdrawn != null) {
      key.put(WITHDRAWN, AttributeValue.fromS(withdrawn.toString()));
    }
    return key;
  }

  private static AttributeValue of(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      throw new KeyUnavailable("a key item lacks " + name);
    }
    return value;
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
