package dev.stile.verifier;

import dev.stile.verifier.ReceiptJudgement.Fault;
import java.io.Serial;

/// Ends the judging of a receipt at its first fault; never leaves [Receipts].
final class Unproven extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Fault fault;

  Unproven(Fault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  static void unless(boolean holds, Fault fault) throws Unproven {
    if (!holds) {
      throw new Unproven(fault);
    }
  }
}
