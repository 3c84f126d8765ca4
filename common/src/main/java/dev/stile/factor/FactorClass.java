package dev.stile.factor;

/// What a factor is by nature (NIST SP 800-63B §3.1). Factors of one class fall to the same kind of
/// attack, so that a level may ask for several classes.
public enum FactorClass {
  /// A secret that comes over another channel (§3.1.3).
  OUT_OF_BAND,
  /// A device that computes one-time passwords (§3.1.4).
  OTP,
  /// A key that signs (§3.1.6, §3.1.7).
  CRYPTOGRAPHIC
}
