package dev.stile.aws.runtime;

import dagger.Module;
import dagger.Provides;
import dev.stile.aws.kms.DynamoPublishedKeys;
import dev.stile.aws.kms.DynamoWrappedKeys;
import dev.stile.aws.kms.KeyTable;
import dev.stile.aws.kms.KmsKeys;
import dev.stile.aws.kms.KmsSigningKeys;
import dev.stile.aws.kms.WrappingKey;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKeys;
import dev.stile.token.SigningKeys;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.EnumSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// Keys of an account: wrapped by KMS, kept in the table, unwrapped once per process.
@Module
interface KmsModule {
  @Provides
  static KeyTable keyTable(Settings settings) {
    return new KeyTable(settings.table());
  }

  /// Which uses a function has is its component's to say; what KMS unwraps for it, its role's.
  @Provides
  @Singleton
  static KeyRing keyRing(
      KmsClient kms, WrappingKey wrappingKey, DynamoDbClient client, KeyTable table) {
    return new KeyRing(
        new KmsKeys(
            kms, wrappingKey, new DynamoWrappedKeys(client, table), EnumSet.allOf(KeyUse.class)));
  }

  @Provides
  @Singleton
  static SigningKeys signingKeys(
      KmsClient kms,
      WrappingKey wrappingKey,
      DynamoDbClient client,
      KeyTable table,
      Tenant tenant) {
    return new KmsSigningKeys(kms, wrappingKey, client, table, tenant);
  }

  @Provides
  @Singleton
  static PublishedKeys publishedKeys(
      DynamoDbClient client, KeyTable table, Tenant tenant, Clock clock) {
    return new DynamoPublishedKeys(client, table, tenant, clock);
  }
}
