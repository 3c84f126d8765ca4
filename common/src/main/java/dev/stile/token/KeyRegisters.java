package dev.stile.token;

/// Keeps the registers of signing keys.
public interface KeyRegisters {
  /// Read consistently; an empty one where there is none.
  KeyRegister read(SigningAlgorithm algorithm);

  /// Keeps a register unless somebody kept another one since the version before it was read: of
  /// many that change one version, one succeeds.
  boolean keep(KeyRegister next);
}
