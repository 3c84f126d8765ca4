package dev.stile.assurance;

import dev.stile.factor.FactorKind;
import java.util.List;

/// Authentication method references (RFC 8176) of one answered challenge.
public final class Amr {
  private Amr() {}

  public static List<String> of(FactorKind kind) {
    return switch (kind) {
      case TOTP, EMAIL -> List.of("otp");
      case SMS -> List.of("otp", "sms");
    };
  }
}
