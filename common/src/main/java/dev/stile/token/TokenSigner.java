package dev.stile.token;

/// Signs grants. Only verify holds one.
public interface TokenSigner {
  /// The grant as a compact JWS.
  String sign(Grant grant, SigningAlgorithm algorithm);
}
