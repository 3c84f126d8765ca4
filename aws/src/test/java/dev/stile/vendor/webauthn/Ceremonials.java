package dev.stile.vendor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.Tampering;
import java.util.EnumMap;
import java.util.Map;
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

  /// A key that is registered, for what needs no other.
  static final Passkey KEY = Passkey.of(Model.SECURITY_KEY);

  static final CredentialRecord KNOWN = registered(KEY);

  private static final Map<Algorithm, Passkey> KEYS = new EnumMap<>(Algorithm.class);

  private Ceremonials() {}

  /// One for each algorithm: those of RSA take their time to make.
  static synchronized Passkey key(Algorithm algorithm) {
    return KEYS.computeIfAbsent(algorithm, a -> Passkey.of(Model.SECURITY_KEY, a));
  }

  /// In both ceremonies.
  static void assertRefused(Refusal why, Tampering tampering) {
    assertRefused(PARTY, why, tampering);
  }

  static void assertRefused(RelyingParty party, Refusal why, Tampering tampering) {
    assertThat(registration(party, tampering)).isEqualTo(new Registration.Refused(why));
    assertThat(assertion(party, tampering)).isEqualTo(new Authentication.Refused(why));
  }

  static void assertTaken(Tampering tampering) {
    assertTaken(PARTY, tampering);
  }

  static void assertTaken(RelyingParty party, Tampering tampering) {
    assertThat(registration(party, tampering)).isInstanceOf(Registered.class);
    assertThat(assertion(party, tampering)).isInstanceOf(Authenticated.class);
  }

  private static Registration registration(RelyingParty party, Tampering tampering) {
    return CEREMONIES.register(
        ceremony(party),
        AttestationPolicy.NONE,
        Passkey.of(Model.SECURITY_KEY).create(OPTIONS, tampering));
  }

  private static Authentication assertion(RelyingParty party, Tampering tampering) {
    return CEREMONIES.authenticate(ceremony(party), KNOWN, KEY.get(OPTIONS, tampering));
  }

  private static Ceremony ceremony(RelyingParty party) {
    return new Ceremony(party, CHALLENGE, USER, true);
  }

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
