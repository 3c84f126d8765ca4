package dev.stile.assurance;

import dev.stile.challenge.Passed;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;

/// A factor with what its answer proves of the user.
record Proven(Factor factor, boolean userVerified) {
  /// As it may be expected to answer: as it did when it was registered.
  static Proven expected(Factor factor) {
    return new Proven(
        factor,
        factor.credential() instanceof Passkey passkey
            && passkey.record().authenticator().userVerified());
  }

  /// As it has answered.
  static Proven of(Factor factor, Passed passed) {
    return new Proven(factor, passed.amr().contains(Amr.USER_VERIFIED));
  }

  /// What makes two factors alike to a policy; those of one channel and those that are apart are
  /// not alike.
  Object likeness() {
    boolean apart = !factor.channel().equals(factor.kind().wire());
    return new Likeness(factor.kind(), apart, userVerified, factor.isHardware());
  }

  private record Likeness(Object kind, boolean apart, boolean userVerified, boolean hardware) {}
}
