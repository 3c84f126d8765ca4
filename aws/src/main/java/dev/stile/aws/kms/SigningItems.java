package dev.stile.aws.kms;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Signing pairs as items. The one that signs is `SIGN#CURRENT`, decided by one conditional write;
/// those that are only published are `SIGN#<kid>`. All that begin with `SIGN#` are published.
final class SigningItems {
  private static final String PREFIX = "SIGN#";
  private static final String CURRENT = PREFIX + "CURRENT";
  private static final String PUBLIC = "public";
  private static final String WRAPPED = "wrapped";

  private final KeyItems items;
  private final Tenant tenant;

  SigningItems(DynamoDbClient client, KeyTable table, Tenant tenant) {
    this.items = new KeyItems(client, table);
    this.tenant = tenant;
  }

  Optional<WrappedPair> current() {
    return items.find(tenant, CURRENT).map(SigningItems::pair);
  }

  /// The pair that is the current one in the end.
  WrappedPair putIfAbsent(WrappedPair pair) {
    return pair(
        items.putIfAbsent(
            tenant,
            CURRENT,
            Map.of(PUBLIC, binary(pair.publicKey()), WRAPPED, binary(pair.wrappedPrivateKey()))));
  }

  List<PublishedKey> published() {
    return items.list(tenant, PREFIX, PUBLIC).stream()
        .map(item -> published(KeyItems.bytes(item, PUBLIC)))
        .distinct()
        .toList();
  }

  private static WrappedPair pair(Map<String, AttributeValue> item) {
    return new WrappedPair(KeyItems.bytes(item, PUBLIC), KeyItems.bytes(item, WRAPPED));
  }

  /// The thumbprint is computed, never read: an item cannot lend a key another's name.
  private static PublishedKey published(byte[] publicKey) {
    try {
      return PublishedKey.of(
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey)));
    } catch (GeneralSecurityException e) {
      throw new KeyUnavailable("a key item holds no P-256 key", e);
    }
  }

  private static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  /// A pair as KMS gives it: the public half in X.509 form, the other one wrapped.
  static final class WrappedPair {
    private final byte[] publicKey;
    private final byte[] wrappedPrivateKey;

    WrappedPair(byte[] publicKey, byte[] wrappedPrivateKey) {
      this.publicKey = publicKey;
      this.wrappedPrivateKey = wrappedPrivateKey;
    }

    byte[] publicKey() {
      return publicKey;
    }

    byte[] wrappedPrivateKey() {
      return wrappedPrivateKey;
    }

    PublishedKey published() {
      return SigningItems.published(publicKey);
    }
  }
}
