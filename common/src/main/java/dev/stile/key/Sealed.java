package dev.stile.key;

import java.util.Base64;

/// A secret under AES-256-GCM with the epoch of its key: nonce, ciphertext and tag in base64url.
public record Sealed(int epoch, String text) {
  static Sealed of(int epoch, byte[] bytes) {
    return new Sealed(epoch, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// @throws SealBroken if the text was never a sealed value
  byte[] bytes() {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SealBroken(e);
    }
  }
}
