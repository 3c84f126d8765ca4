package dev.stile.token;

/// Signs what a chain goes on with, with the key of grants. Only verify holds one.
public interface NextSigner {
  /// The token as a compact JWS.
  String sign(Next next);
}
