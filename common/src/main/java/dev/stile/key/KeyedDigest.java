package dev.stile.key;

import dev.stile.subject.Tenant;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;

/// HMAC-SHA-256 under a tenant's key, over length-prefixed fields.
public final class KeyedDigest {
  private final Keys keys;

  @Inject
  public KeyedDigest(Keys keys) {
    this.keys = keys;
  }

  public int currentEpoch(Tenant tenant) {
    return keys.currentEpoch(tenant);
  }

  public byte[] of(Tenant tenant, KeyUse use, int epoch, Object... fields) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.key(tenant, use, epoch));
      return mac.doFinal(Fields.join(fields));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  public String text(Tenant tenant, KeyUse use, int epoch, Object... fields) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of(tenant, use, epoch, fields));
  }
}
