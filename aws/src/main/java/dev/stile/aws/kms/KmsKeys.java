package dev.stile.aws.kms;

import dev.stile.key.KeyUse;
import dev.stile.key.Keys;
import dev.stile.subject.Tenant;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.kms.KmsClient;

/// Data keys that KMS made. The current one of a tenant is made at its first use, and of two
/// processes that make it together both use the one that was kept first. Only the uses that this
/// function may have are given out; its role says the same to KMS.
public final class KmsKeys implements Keys {
  private static final int KEY_BYTES = 32;

  private final Wrapping wrapping;
  private final WrappedKeys wrapped;
  private final Set<KeyUse> uses;
  private final Once<KeyName, SecretKey> keys = new Once<>(this::load);

  @Inject
  public KmsKeys(KmsClient kms, WrappingKey wrappingKey, WrappedKeys wrapped, Set<KeyUse> uses) {
    this.wrapping = new Wrapping(kms, wrappingKey);
    this.wrapped = wrapped;
    this.uses = uses.isEmpty() ? EnumSet.noneOf(KeyUse.class) : EnumSet.copyOf(uses);
  }

  @Override
  public int currentEpoch(Tenant tenant) {
    return FIRST_EPOCH;
  }

  @Override
  public SecretKey key(Tenant tenant, KeyUse use, int epoch) {
    if (!uses.contains(use)) {
      throw new IllegalStateException("this function has no keys for " + use);
    }
    return keys.get(new KeyName(tenant, use, epoch));
  }

  private SecretKey load(KeyName name) {
    byte[] blob = wrapped.find(name).or(() -> make(name)).orElseThrow(() -> unknown(name));
    byte[] key = wrapping.unwrap(blob, name.context());
    if (key.length != KEY_BYTES) {
      throw new KeyUnavailable("KMS gave a key of another size");
    }
    return new SecretKeySpec(key, algorithm(name.use()));
  }

  /// Empty for an epoch that is not the current one: a key of the past that is not there is lost,
  /// and a new one in its place would hide that.
  private Optional<byte[]> make(KeyName name) {
    return name.epoch() == currentEpoch(name.tenant())
        ? Optional.of(wrapped.putIfAbsent(name, wrapping.newKey(name.context())))
        : Optional.empty();
  }

  private static KeyUnavailable unknown(KeyName name) {
    return new KeyUnavailable("there is no key " + name.use() + " of epoch " + name.epoch());
  }

  private static String algorithm(KeyUse use) {
    return switch (use) {
      case SEED, DESTINATION -> "AES";
      case CODE, ANSWER, INDEX, RECOVERY -> "HmacSHA256";
    };
  }
}
