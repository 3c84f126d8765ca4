package dev.stile.key;

import jakarta.inject.Inject;
import java.security.SecureRandom;

/// Identifiers of 128 random bits in lower-case base 32.
public final class RandomIds {
  private static final int BYTES = 16;
  private static final int NONCE_BYTES = 32;

  private final SecureRandom random;

  @Inject
  public RandomIds(SecureRandom random) {
    this.random = random;
  }

  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  /// 32 random bytes, as a ceremony's challenge is made from (R13).
  public Bytes nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  public String text() {
    return Base32.LOWER.encode(bytes());
  }
}
