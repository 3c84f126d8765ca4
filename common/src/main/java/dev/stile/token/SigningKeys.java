package dev.stile.token;

import java.security.PrivateKey;

/// The key pair that signs now.
public interface SigningKeys {
  SigningKey current();

  /// A private key with the identifier and algorithm of its public half.
  record SigningKey(PublishedKey published, PrivateKey key) {
    @Override
    public String toString() {
      return "SigningKey[" + published.kid() + "]";
    }
  }
}
