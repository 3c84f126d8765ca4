package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.io.Serial;

/// Ends the judging of a token at its first fault; never leaves [GrantVerifier]. Without a stack
/// trace, since attackers choose how often it is made.
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  Refusal(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
