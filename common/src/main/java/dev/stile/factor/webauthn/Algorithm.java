package dev.stile.factor.webauthn;

import java.util.List;
import java.util.Optional;

/// How credentials sign, by their COSE number (RFC 9053 §2, RFC 8812 §2).
public enum Algorithm {
  ES256(-7),
  /// On Ed25519 alone (WebAuthn Level 3 §5.8.5).
  EDDSA(-8),
  RS256(-257),
  ES384(-35),
  ES512(-36),
  ED448(-53);

  /// What new credentials may be made for, most wanted first: `pubKeyCredParams`. What signs
  /// already is verified whatever it is.
  public static final List<Algorithm> OFFERED = List.of(ES256, EDDSA, RS256);

  private final int cose;

  Algorithm(int cose) {
    this.cose = cose;
  }

  public int cose() {
    return cose;
  }

  public static Optional<Algorithm> ofCose(long number) {
    for (Algorithm algorithm : values()) {
      if (algorithm.cose == number) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
