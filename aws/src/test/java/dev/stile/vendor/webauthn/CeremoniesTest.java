package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.assertion;
import static dev.stile.vendor.webauthn.Ceremonials.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Tampering;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an honest client is answered.
class CeremoniesTest {
  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256"})
  void registersAndAuthenticates(Algorithm algorithm) {
    Passkey key = Passkey.of(Model.SECURITY_KEY, algorithm);
    CredentialRecord known = registered(key);
    assertThat(known.id()).isEqualTo(key.id());
    assertThat(known.publicKey()).isEqualTo(key.publicKey());
    assertThat(known.signCount()).isEqualTo(1);
    assertThat(known.backup()).isEqualTo(new Backup(false, false));
    assertThat(assertion(key, known, Tampering.NONE)).isEqualTo(new Authenticated(true, false, 2));
  }
}
