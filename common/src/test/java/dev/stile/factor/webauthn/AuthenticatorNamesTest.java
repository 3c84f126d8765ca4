package dev.stile.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthenticatorNamesTest {
  @Test
  void knowsTheKeepersAndKeysThatPeopleHave() {
    assertThat(AuthenticatorNames.of(UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")))
        .contains("Apple Passwords");
    assertThat(AuthenticatorNames.of(UUID.fromString("2fc0579f-8113-47ea-b116-bb5a8db9202a")))
        .contains("YubiKey 5 NFC");
  }

  /// Security keys of U2F and whoever hides their model have the same.
  @Test
  void knowsNoNameForNoModel() {
    assertThat(AuthenticatorNames.of(new UUID(0, 0))).isEmpty();
  }
}
