package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.util.List;

/// Authentication method references (RFC 8176) of one answered challenge.
public final class Amr {
  /// Of a recovery code. RFC 8176 has no name for one.
  public static final List<String> RECOVERY = List.of("rc");

  private Amr() {}

  public static List<String> of(FactorKind kind) {
    return switch (kind) {
      case TOTP, EMAIL -> List.of("otp");
      case SMS -> List.of("otp", "sms");
    };
  }
}
