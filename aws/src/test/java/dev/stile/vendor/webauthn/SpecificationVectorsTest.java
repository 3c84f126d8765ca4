package dev.stile.vendor.webauthn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.key.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of Web Authentication Level 3. Their keys are of six algorithms, of which three are
/// offered for new credentials.
class SpecificationVectorsTest {
  private static final RelyingParty PARTY =
      new RelyingParty("example.org", Set.of("https://example.org"), Set.of("https://example.com"));
  private static final Set<String> EXCLUDED =
      Set.of("tpm-es256", "android-key-es256", "fido-u2f-es256");

  private static final Ceremonies ALL = new WebAuthn4jCeremonies(EnumSet.allOf(Algorithm.class));

  @ParameterizedTest
  @MethodSource("vectors")
  void verifiesEveryAssertion(Vector vector) {
    assertThat(
            new WebAuthn4jCeremonies()
                .authenticate(vector.ceremony(vector.getChallenge), vector.known(), vector.get()))
        .isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @MethodSource("judged")
  void verifiesEveryRegistration(Vector vector) {
    Registration registration =
        ALL.register(
            vector.ceremony(vector.createChallenge), AttestationPolicy.NONE, vector.create());
    assertThat(registration).isInstanceOf(Registered.class);
  }

  static List<Vector> judged() {
    return vectors().stream().filter(vector -> !EXCLUDED.contains(vector.name())).toList();
  }

  static List<Vector> vectors() {
    return resource("w3c-vectors.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Vector::of)
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = SpecificationVectorsTest.class.getResourceAsStream(name)) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Vector(
      String name,
      Bytes createChallenge,
      AttestationResponse create,
      Bytes getChallenge,
      AssertionResponse get) {

    static Vector of(String line) {
      String[] part = line.split(" ", -1);
      AttestationObject attestation = AttestationObject.of(bytes(part[3]));
      Bytes id = attestation.data().attested().orElseThrow().credentialId();
      return new Vector(
          part[0],
          bytes(part[1]),
          new AttestationResponse(id, bytes(part[2]), bytes(part[3]), Set.of()),
          bytes(part[4]),
          new AssertionResponse(id, bytes(part[5]), bytes(part[6]), bytes(part[7]), null));
    }

    private static Bytes bytes(String hex) {
      return Bytes.of(HexFormat.of().parseHex(hex));
    }

    Ceremony ceremony(Bytes challenge) {
      return new Ceremony(PARTY, challenge, Bytes.of(new byte[] {1}), false);
    }

    /// What was attested, whether or not the attestation is of any worth.
    CredentialRecord known() {
      AuthenticatorData data = AttestationObject.of(create.attestationObject()).data();
      var attested = data.attested().orElseThrow();
      return new CredentialRecord(
          attested.credentialId(),
          attested.publicKey(),
          data.signCount(),
          data.flags().backup(),
          new Authenticator(attested.aaguid(), Set.of(), "none", false));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
