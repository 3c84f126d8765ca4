package dev.stile.aws.runtime;

import dagger.Module;
import dagger.Provides;
import dev.stile.aws.kms.DynamoKeyRegisters;
import dev.stile.aws.kms.DynamoWrappedKeys;
import dev.stile.aws.kms.KeyTable;
import dev.stile.aws.kms.KmsKeyPairs;
import dev.stile.aws.kms.KmsKeys;
import dev.stile.aws.kms.WrappingKey;
import dev.stile.key.KeyRing;
import dev.stile.key.KeyUse;
import dev.stile.subject.Tenant;
import dev.stile.token.KeyPairs;
import dev.stile.token.KeyRegisters;
import dev.stile.token.KeyRotation;
import dev.stile.token.PublishedKeys;
import dev.stile.token.RegisteredKeys;
import dev.stile.token.RegisteredPublications;
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
  static KeyRegisters keyRegisters(DynamoDbClient client, KeyTable table, Tenant tenant) {
    return new DynamoKeyRegisters(client, table, tenant);
  }

  @Provides
  static KeyPairs keyPairs(KmsClient kms, WrappingKey wrappingKey, Tenant tenant) {
    return new KmsKeyPairs(kms, wrappingKey, tenant);
  }

  @Provides
  static KeyRotation keyRotation(KeyRegisters registers, KeyPairs pairs, Clock clock) {
    return new KeyRotation(registers, pairs, clock);
  }

  @Provides
  @Singleton
  static SigningKeys signingKeys(KeyRotation rotation, KeyPairs pairs, Clock clock) {
    return new RegisteredKeys(rotation, pairs, clock, RegisteredKeys.KEPT);
  }

  @Provides
  static PublishedKeys publishedKeys(KeyRegisters registers, Clock clock) {
    return new RegisteredPublications(registers, clock);
  }
}
