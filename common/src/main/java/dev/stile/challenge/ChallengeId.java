package dev.stile.challenge;

import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.key.Base32;
import dev.stile.key.RandomIds;
import java.nio.ByteBuffer;

/// `chl_` and, in base 32: the kind and id of the factor, the key epoch, and 128 random bits. A
/// verdict finds its item by this alone. Nothing is authorised by knowing it.
public record ChallengeId(String text) {
  private static final String PREFIX = "chl_";
  private static final int FACTOR_BYTES = 16;
  private static final int BYTES = 1 + FACTOR_BYTES + 2 + 16;

  public ChallengeId {
    byte[] bytes = text.startsWith(PREFIX) ? bytesOf(text) : new byte[0];
    if (bytes.length != BYTES || FactorKind.ofCode(bytes[0]).isEmpty()) {
      throw new IllegalArgumentException("not a challenge id");
    }
  }

  public static ChallengeId random(RandomIds ids, FactorKind kind, FactorId factor, int epoch) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(kind.code())
            .put(factor.bytes())
            .putShort((short) epoch)
            .put(ids.bytes())
            .array();
    return new ChallengeId(PREFIX + Base32.LOWER.encode(bytes));
  }

  public FactorKind kind() {
    return FactorKind.ofCode(bytesOf(text)[0]).orElseThrow();
  }

  public FactorId factor() {
    byte[] id = new byte[FACTOR_BYTES];
    ByteBuffer.wrap(bytesOf(text)).get(1, id);
    return FactorId.of(id);
  }

  /// The epoch of the keys that its code is derived and digested under.
  public int epoch() {
    return Short.toUnsignedInt(ByteBuffer.wrap(bytesOf(text)).getShort(1 + FACTOR_BYTES));
  }

  private static byte[] bytesOf(String text) {
    return Base32.LOWER.decode(text.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return text;
  }
}
