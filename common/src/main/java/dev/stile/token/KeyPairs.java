package dev.stile.token;

import dev.stile.token.KeyRegister.Pair;
import dev.stile.token.SigningKeys.SigningKey;

/// Makes key pairs whose private half nobody sees, and opens them for whoever signs.
public interface KeyPairs {
  Pair make(SigningAlgorithm algorithm);

  /// @throws dev.stile.key.Keys.KeyUnavailable if it cannot be opened, or the halves do not match
  SigningKey open(Pair pair);
}
