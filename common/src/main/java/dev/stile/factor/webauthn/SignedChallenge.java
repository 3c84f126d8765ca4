package dev.stile.factor.webauthn;

import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.subject.Subject;

/// What an authenticator signs when it approves: a WebAuthn challenge that is no bare random number
/// but the digest of one and of all that is approved. Whoever knows the fields can derive it again,
/// so that an assertion proves, to anyone and later, what it was given for.
public record SignedChallenge(Bytes nonce, Subject subject, Question question) {
  /// Twice what WebAuthn Level 3 §13.4.3 demands, so that no field gives the value away.
  public static final int NONCE_BYTES = 32;

  /// Tells these digests from all others.
  private static final String LABEL = "stile-assertion-v1";

  public SignedChallenge {
    if (nonce.length() != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has 32 bytes");
    }
  }

  /// What is asked: the challenge's id, its action, the digest of its binding (claim `bnd`), and
  /// the line that the user read.
  public record Question(String challenge, String action, String bindingDigest, String display) {}

  /// SHA-256 over the fields, each with its length: 32 bytes for `challenge` of the request options
  /// and for [Ceremony].
  public Bytes value() {
    return Bytes.of(
        Fields.digest(
            LABEL,
            nonce.array(),
            subject.tenant().id(),
            subject.id(),
            question.challenge(),
            question.action(),
            question.bindingDigest(),
            question.display()));
  }
}
