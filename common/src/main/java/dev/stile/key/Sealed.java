package dev.stile.key;

import java.util.Base64;

/// A secret under AES-256-GCM with the epoch of its key: nonce, ciphertext and tag in base64url.
public record Sealed(int epoch, String text) {
  static Sealed of(int epoch, byte[] bytes) {
    return new Sealed(epoch, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  byte[] bytes() {
    return Base64.getUrlDecoder().decode(text);
  }
}
