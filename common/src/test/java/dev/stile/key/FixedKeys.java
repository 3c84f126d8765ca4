package dev.stile.key;

import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Keys for tests, each derived from a fixed root by tenant, use and epoch, so that a run repeats
/// itself.
public final class FixedKeys implements Keys {
  private static final byte[] ROOT = "a root for tests alone".getBytes(StandardCharsets.US_ASCII);
  private static final int LAST_EPOCH = 65_535;

  private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();
  private volatile int current;

  public FixedKeys() {
    this(1);
  }

  public FixedKeys(int current) {
    this.current = current;
  }

  /// Changes the epoch under which new things are made; those before it stay.
  public void rotateTo(int epoch) {
    current = epoch;
  }

  @Override
  public int currentEpoch(Tenant tenant) {
    return current;
  }

  @Override
  public SecretKey key(Tenant tenant, KeyUse use, int epoch) {
    if (epoch < 0 || epoch > LAST_EPOCH) {
      throw new KeyUnavailable("no epoch " + epoch);
    }
    String algorithm = use == KeyUse.SEED || use == KeyUse.DESTINATION ? "AES" : "HmacSHA256";
    String name = tenant.id() + "/" + use + "/" + epoch;
    return derived.computeIfAbsent(name, n -> new SecretKeySpec(hmac(n), algorithm));
  }

  private static byte[] hmac(String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ROOT, "HmacSHA256"));
      return mac.doFinal(name.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
