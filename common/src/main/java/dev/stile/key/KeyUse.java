package dev.stile.key;

/// What a symmetric key is for. A function holds only the uses that its component names.
public enum KeyUse {
  /// Seals TOTP seeds: enroll seals, verify opens.
  SEED,
  /// Seals destinations: enroll seals, the delivery worker opens.
  DESTINATION,
  /// Derives codes: challenge and the delivery worker.
  CODE,
  /// Digests answers, so that the table holds nothing to guess at: challenge and verify.
  ANSWER,
  /// Blinds destinations for limits and uniqueness: enroll.
  INDEX,
  /// Digests recovery codes: enroll keeps the digests, verify compares.
  RECOVERY
}
