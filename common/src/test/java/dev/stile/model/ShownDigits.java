package dev.stile.model;

import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.Hotp;
import dev.stile.key.Secret;

/// An app whose digits tell their step, except that of eight steps the fifth repeats the one before
/// it and the eighth the one two before it: what happens by chance once in a million steps (A08)
/// happens here all the time.
final class ShownDigits implements Hotp {
  private static final int DIGITS = 1_000_000;

  static String at(long step) {
    long told =
        switch ((int) (step % 8)) {
          case 4 -> step - 1;
          case 7 -> step - 2;
          default -> step;
        };
    return Long.toString(DIGITS + told % DIGITS).substring(1);
  }

  @Override
  public String digits(Secret seed, TotpParameters parameters, long step) {
    return at(step);
  }
}
