package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Ceremonies.Refusal;
import java.io.Serial;

/// A step of a ceremony that did not hold; never leaves this package. Without a stack trace, since
/// attackers choose how often it is made.
final class Failed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Refusal why;

  Failed(Refusal why) {
    super(why.name(), null, false, false);
    this.why = why;
  }

  Refusal why() {
    return why;
  }

  static void unless(boolean holds, Refusal why) {
    if (!holds) {
      throw new Failed(why);
    }
  }
}
