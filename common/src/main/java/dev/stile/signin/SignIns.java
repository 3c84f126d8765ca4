package dev.stile.signin;

import java.time.Instant;
import java.util.Optional;

/// The store of sign-ins between their step-up and their tokens. There is one for each user and
/// client: a later one takes the place of an earlier.
public interface SignIns {
  /// False where this transaction was the last that was remembered here, taken or not.
  boolean remember(SignIn signIn);

  /// What was proven, once: to the next caller it is gone. Empty where it is too late.
  Optional<SignIn.Proof> take(SignIn.Place place, Instant now);
}
