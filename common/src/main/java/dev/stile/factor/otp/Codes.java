package dev.stile.factor.otp;

import dev.stile.factor.Code;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;

/// Derives the codes that are sent, instead of storing them: whoever holds the key derives the same
/// code again, so that a redelivery repeats it and the code belongs to what it approves.
public final class Codes {
  private final KeyedDigest digest;

  @Inject
  public Codes(KeyedDigest digest) {
    this.digest = digest;
  }

  public Code derive(Subject subject, Derivation of) {
    byte[] mac =
        digest.of(
            subject.tenant(),
            KeyUse.CODE,
            of.epoch(),
            "otp",
            subject.tenant().id(),
            subject.id(),
            of.factor(),
            of.challenge(),
            of.generation(),
            of.action(),
            of.bindingDigest());
    long range = of.digits() == 8 ? 100_000_000L : 1_000_000L;
    String digits = Long.toString(Long.remainderUnsigned(ByteBuffer.wrap(mac).getLong(), range));
    return Code.of("0".repeat(of.digits() - digits.length()) + digits);
  }

  /// All that a code depends on beside its subject.
  public record Derivation(
      int epoch,
      String factor,
      String challenge,
      int generation,
      String action,
      String bindingDigest,
      int digits) {}
}
