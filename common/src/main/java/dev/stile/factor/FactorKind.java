package dev.stile.factor;

import java.util.Locale;
import java.util.Optional;

/// The kinds of factors, strongest first: automatic choice follows this order.
public enum FactorKind {
  /// Passkeys and security keys: nothing to guess, and no use to whoever imitates a site.
  WEBAUTHN("w"),
  TOTP("t"),
  /// A restricted factor (NIST SP 800-63B §3.2.9): the telephone network can be diverted.
  SMS("s"),
  EMAIL("e");

  private final String letter;

  FactorKind(String letter) {
    this.letter = letter;
  }

  /// The name in the API and in the table.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FactorKind> ofWire(String name) {
    for (FactorKind kind : values()) {
      if (kind.wire().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// One byte, for identifiers that carry the kind.
  public byte code() {
    return (byte) letter.charAt(0);
  }

  public static Optional<FactorKind> ofCode(byte code) {
    for (FactorKind kind : values()) {
      if (kind.code() == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// Whether its codes are sent to a destination.
  public boolean isOutOfBand() {
    return this == SMS || this == EMAIL;
  }

  public FactorClass factorClass() {
    return switch (this) {
      case WEBAUTHN -> FactorClass.CRYPTOGRAPHIC;
      case TOTP -> FactorClass.OTP;
      case SMS, EMAIL -> FactorClass.OUT_OF_BAND;
    };
  }

  /// Whether what it answers is of no use to whoever imitates the site that asks (NIST SP 800-63B
  /// §5.2.5).
  public boolean isPhishingResistant() {
    return this == WEBAUTHN;
  }

  /// Whether it has risks that its user has to be told of.
  public boolean isRestricted() {
    return this == SMS;
  }

  /// How many digits its sent codes have: e-mail waits longer in a mailbox, so it has more.
  public int codeDigits() {
    return this == EMAIL ? 8 : 6;
  }
}
