package dev.stile.verifier;

import java.io.Serial;

/// Bytes that are not what their format says. Without a stack trace, since attackers choose how
/// often it is made.
final class Malformed extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  Malformed(String what) {
    super(what, null, false, false);
  }
}
