package dev.stile.assurance;

import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import java.util.List;

/// Authentication method references (RFC 8176) of one answered challenge.
public final class Amr {
  /// Of a recovery code. RFC 8176 has no name for one.
  public static final List<String> RECOVERY = List.of("rc");

  /// The device has verified its user.
  static final String USER_VERIFIED = "user";

  private Amr() {}

  /// What the factor's last answer proved.
  public static List<String> of(Factor factor) {
    return switch (factor.credential()) {
      case Totp totp -> List.of("otp");
      case Destination sent ->
          sent.kind() == FactorKind.SMS ? List.of("otp", "sms") : List.of("otp");
      case Passkey passkey -> of(passkey);
      case PendingPasskey pending -> List.of();
    };
  }

  /// A key that can leave its device is proven by software at best; `user` says that the device has
  /// verified its user, not merely that someone touched it.
  private static List<String> of(Passkey passkey) {
    String key = passkey.record().backup().eligible() ? "swk" : "hwk";
    return passkey.userVerified() ? List.of(key, USER_VERIFIED) : List.of(key);
  }
}
