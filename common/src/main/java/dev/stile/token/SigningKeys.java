package dev.stile.token;

import java.security.PrivateKey;

/// The key pairs that sign now.
public interface SigningKeys {
  SigningKey current(SigningAlgorithm algorithm);

  /// The one that signs where nobody asked for another.
  default SigningKey current() {
    return current(SigningAlgorithm.ES256);
  }

  /// A private key with the identifier and algorithm of its public half.
  record SigningKey(PublishedKey published, PrivateKey key) {
    @Override
    public String toString() {
      return "SigningKey[" + published.kid() + "]";
    }
  }
}
