package dev.stile.vendor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.Tampering;
import java.util.Set;

/// One relying party and one user, for the tests of ceremonies.
final class Ceremonials {
  static final Ceremonies CEREMONIES = new WebAuthn4jCeremonies();
  static final String ORIGIN = "https://login.example.org";
  static final RelyingParty PARTY = new RelyingParty("example.org", Set.of(ORIGIN));
  static final Bytes USER = Bytes.of(Fields.digest("ada"));
  static final Bytes CHALLENGE = Bytes.of(Fields.digest("challenge"));
  static final Ceremony CEREMONY = new Ceremony(PARTY, CHALLENGE, USER, true);
  static final Options OPTIONS = new Options(PARTY.id(), ORIGIN, CHALLENGE, USER);

  private Ceremonials() {}

  static Registration registration(Passkey key, Tampering tampering) {
    return CEREMONIES.register(CEREMONY, AttestationPolicy.NONE, key.create(OPTIONS, tampering));
  }

  static Authentication assertion(Passkey key, CredentialRecord known, Tampering tampering) {
    return CEREMONIES.authenticate(CEREMONY, known, key.get(OPTIONS, tampering));
  }

  /// The record of a key that was registered without tampering.
  static CredentialRecord registered(Passkey key) {
    Registration registration = registration(key, Tampering.NONE);
    assertThat(registration).isInstanceOf(Registered.class);
    return ((Registered) registration).credential();
  }
}
