package dev.stile.vendor.webauthn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremonies.Registration.Refused;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.vendor.webauthn.SpecificationVectors.Vector;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of Web Authentication Level 3. Their keys are of six algorithms, of which three are
/// offered for new credentials.
@Tag("R13")
class SpecificationVectorsTest {

  /// Attested by what the formats themselves do not allow; that their keys verify is shown all the
  /// same.
  private static final Map<String, Refusal> EXCLUDED =
      Map.of(
          // Its certificate lists neither origin nor purpose of the key, which §8.4 demands.
          "android-key-es256", Refusal.ATTESTATION,
          // It names a model, where CTAP 2.2 §8.1.4 gives keys of U2F sixteen zero bytes.
          "fido-u2f-es256", Refusal.ATTESTATION,
          // Its qualifiedName is empty, where a TPM writes a hash and its algorithm (TPM 2.0 Part 1
          // §16); the library cannot read that.
          "tpm-es256", Refusal.MALFORMED);

  private static final Ceremonies ALL = new WebAuthn4jCeremonies(EnumSet.allOf(Algorithm.class));

  @ParameterizedTest
  @MethodSource("vectors")
  void verifiesEveryAssertion(Vector vector) {
    assertThat(
            new WebAuthn4jCeremonies()
                .authenticate(vector.ceremony(vector.getChallenge()), vector.known(), vector.get()))
        .isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @MethodSource("judged")
  void verifiesEveryRegistration(Vector vector) {
    Registration registration =
        ALL.register(
            vector.ceremony(vector.createChallenge()), AttestationPolicy.NONE, vector.create());
    assertThat(registration).isInstanceOf(Registered.class);
  }

  @ParameterizedTest
  @MethodSource("excluded")
  void refusesWhatItsFormatForbids(Vector vector) {
    Registration registration =
        ALL.register(
            vector.ceremony(vector.createChallenge()), AttestationPolicy.NONE, vector.create());
    assertThat(registration).isEqualTo(new Refused(requireNonNull(EXCLUDED.get(vector.name()))));
  }

  @ParameterizedTest
  @MethodSource("notOffered")
  void offersThreeAlgorithmsOnly(Vector vector) {
    Registration registration =
        new WebAuthn4jCeremonies()
            .register(
                vector.ceremony(vector.createChallenge()), AttestationPolicy.NONE, vector.create());
    assertThat(registration).isEqualTo(new Refused(Refusal.ALGORITHM));
  }

  static List<Vector> notOffered() {
    return vectors().stream()
        .filter(vector -> vector.name().matches(".*(es384|es512|ed448)"))
        .toList();
  }

  static List<Vector> excluded() {
    return vectors().stream().filter(vector -> EXCLUDED.containsKey(vector.name())).toList();
  }

  static List<Vector> judged() {
    return vectors().stream().filter(vector -> !EXCLUDED.containsKey(vector.name())).toList();
  }

  static List<Vector> vectors() {
    return SpecificationVectors.all();
  }
}
