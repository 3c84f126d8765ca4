package dev.stile.testing;

import java.security.SecureRandom;
import java.util.Random;

/// The same numbers in every run, where production code asks for unpredictable ones.
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random random;

  public SeededRandom(long seed) {
    random = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
