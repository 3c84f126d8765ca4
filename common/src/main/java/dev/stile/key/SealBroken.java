package dev.stile.key;

import org.jspecify.annotations.Nullable;

/// A ciphertext that does not open where it was found: changed, or moved from another item.
public final class SealBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SealBroken(@Nullable Throwable cause) {
    super("a sealed value does not belong to this item", cause);
  }
}
