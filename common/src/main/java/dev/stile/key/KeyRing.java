package dev.stile.key;

import dev.stile.subject.Tenant;
import java.util.Set;
import javax.crypto.SecretKey;

/// All keys there are. A function takes the uses it needs and holds no other, so that a mistake in
/// one cannot open what it only seals elsewhere.
public record KeyRing(Keys keys) {
  public Keys limitedTo(KeyUse... uses) {
    return new Limited(keys, Set.of(uses));
  }

  private record Limited(Keys keys, Set<KeyUse> uses) implements Keys {
    @Override
    public int currentEpoch(Tenant tenant) {
      return keys.currentEpoch(tenant);
    }

    @Override
    public SecretKey key(Tenant tenant, KeyUse use, int epoch) {
      if (!uses.contains(use)) {
        throw new IllegalStateException("this function has no business with keys for " + use);
      }
      return keys.key(tenant, use, epoch);
    }
  }
}
