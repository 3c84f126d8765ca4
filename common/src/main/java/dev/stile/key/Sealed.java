package dev.stile.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A secret under AES-256-GCM with the epoch of its key: nonce, ciphertext and tag in one.
public record Sealed(int epoch, byte[] bytes) {
  public Sealed {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sealed sealed
        && epoch == sealed.epoch
        && Arrays.equals(bytes, sealed.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * epoch + Arrays.hashCode(bytes);
  }
}
