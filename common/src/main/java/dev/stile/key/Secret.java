package dev.stile.key;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that must not leak: redacted when printed, compared in constant time. `reveal()` is the
/// single exit, so that a search for it finds every use.
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  public byte[] reveal() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(Fields.sha256(bytes));
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
