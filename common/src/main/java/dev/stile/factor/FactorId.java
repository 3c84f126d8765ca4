package dev.stile.factor;

import dev.stile.key.Base32;
import dev.stile.key.RandomIds;

/// `fct_` and 128 random bits in base 32.
public record FactorId(String text) {
  public static final String PREFIX = "fct_";
  private static final int BYTES = 16;

  public FactorId {
    if (!text.startsWith(PREFIX) || bytesOf(text).length != BYTES) {
      throw new IllegalArgumentException("not a factor id");
    }
  }

  public static FactorId random(RandomIds ids) {
    return of(ids.bytes());
  }

  public static FactorId of(byte[] bytes) {
    return new FactorId(PREFIX + Base32.LOWER.encode(bytes));
  }

  public byte[] bytes() {
    return bytesOf(text);
  }

  private static byte[] bytesOf(String text) {
    return Base32.LOWER.decode(text.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return text;
  }
}
