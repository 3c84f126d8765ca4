package dev.stile.token;

/// The store of proofs that were shown, of which each counts once (RFC 9449 §11.1).
public interface UsedProofs {
  /// False where it was shown before; of many at a time one is the first.
  boolean use(Possession possession);
}
