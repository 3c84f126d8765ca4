package dev.stile.vendor.webauthn;

import static dev.stile.vendor.webauthn.Ceremonials.CEREMONIES;
import static dev.stile.vendor.webauthn.Ceremonials.CEREMONY;
import static dev.stile.vendor.webauthn.Ceremonials.OPTIONS;
import static dev.stile.vendor.webauthn.Ceremonials.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import dev.stile.factor.webauthn.AttestationPolicy.Format;
import dev.stile.factor.webauthn.AttestationPolicy.Models;
import dev.stile.factor.webauthn.AttestationPolicy.Trust;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremonies.Registration.Refused;
import dev.stile.factor.webauthn.Ceremonies.Registration.Registered;
import dev.stile.key.Bytes;
import dev.stile.testing.passkey.CborWriter;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import dev.stile.vendor.webauthn.SpecificationVectors.Vector;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationAttacksTest {
  private static final UUID MODEL = Model.SELF_ATTESTED.aaguid();

  @Nested
  class WithoutTrust {
    @Test
    void takesASelfAttestedKeyForAnUnattestedOne() {
      assertThat(register(Tampering.NONE))
          .isInstanceOfSatisfying(
              Registered.class,
              made -> {
                assertThat(made.credential().authenticator().attestation()).isEqualTo("none");
                assertThat(made.credential().authenticator().aaguid()).isEqualTo(MODEL);
              });
    }

    @Test
    void refusesAStatementWhereThereShouldBeNone() {
      assertThat(
              registration(
                  Passkey.of(Model.SECURITY_KEY),
                  statement(Map.of("alg", -7, "sig", new byte[70]))))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesAStatementThatSignsSomethingElse() {
      assertThat(register(Tampering.of(Step.SIGNATURE, before -> flipped(before))))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
      assertThat(register(statement(Map.of("alg", -7, "sig", new byte[0]))))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesAStatementOfAnotherAlgorithm() {
      assertRefused(statement(Map.of("alg", -257, "sig", new byte[70])));
      assertRefused(statement(Map.of("alg", -65535, "sig", new byte[70])));
    }

    @Test
    void refusesAStatementWithoutItsParts() {
      assertRefused(statement(Map.of()));
      assertRefused(statement(Map.of("alg", -7)));
      assertRefused(statement(Map.of("sig", new byte[70])));
      assertRefused(statement(Map.of("alg", "ES256", "sig", new byte[70])));
      assertRefused(statement(Map.of("alg", -7, "sig", "text")));
    }

    @Test
    void refusesCertificatesThatAreNone() {
      assertRefused(statement(Map.of("alg", -7, "sig", new byte[70], "x5c", List.of())));
      assertRefused(statement(Map.of("alg", -7, "sig", new byte[70], "x5c", List.of(1))));
      assertRefused(statement(Map.of("alg", -7, "sig", new byte[70], "x5c", new byte[9])));
      assertRefused(
          statement(Map.of("alg", -7, "sig", new byte[70], "x5c", List.of(new byte[400]))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "NONE", "Packed", "android-safetynet", "compound", "tpm", "apple", "u2f"})
    void refusesAnotherFormat(String format) {
      assertRefused(format(format));
    }

    @Test
    void refusesADeniedModel() {
      var policy =
          new AttestationPolicy(Conveyance.NONE, Trust.NOBODY, new Models(Set.of(), Set.of(MODEL)));
      assertThat(
              CEREMONIES.register(
                  CEREMONY, policy, Passkey.of(Model.SELF_ATTESTED).create(OPTIONS)))
          .isEqualTo(new Refused(Refusal.AUTHENTICATOR));
    }

    private static void assertRefused(Tampering tampering) {
      assertThat(register(tampering))
          .isIn(new Refused(Refusal.ATTESTATION), new Refused(Refusal.MALFORMED));
    }

    private static Registration register(Tampering tampering) {
      return registration(Passkey.of(Model.SELF_ATTESTED), tampering);
    }
  }

  /// With the certificates of the specification's examples.
  @Nested
  class WithTrust {
    private final Vector packed = SpecificationVectors.named("packed-es256");

    @ParameterizedTest
    @ValueSource(strings = {"packed-es256", "packed-rs256", "packed-eddsa", "apple-es256"})
    void takesWhatEndsInATrustedCertificate(String name) {
      Vector vector = SpecificationVectors.named(name);
      assertThat(register(vector, direct()))
          .isInstanceOfSatisfying(
              Registered.class,
              made ->
                  assertThat(made.credential().authenticator().attestation())
                      .isEqualTo(name.substring(0, name.indexOf('-'))));
    }

    @ParameterizedTest
    @MethodSource("dev.stile.vendor.webauthn.SpecificationVectors#attestations")
    void takesTheOtherFormats(Vector vector) {
      var trust =
          new Trust(EnumSet.allOf(Format.class), List.of(SpecificationVectors.attestationsRoot()));
      assertThat(register(vector, new AttestationPolicy(Conveyance.DIRECT, trust, Models.ANY)))
          .isInstanceOfSatisfying(
              Registered.class,
              made ->
                  assertThat(made.credential().authenticator().attestation())
                      .isEqualTo(vector.name()));
      assertThat(register(vector, direct())).isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesWhatEndsInAnother() {
      var trust = new Trust(EnumSet.allOf(Format.class), List.of(SpecificationVectors.otherRoot()));
      assertThat(register(packed, new AttestationPolicy(Conveyance.DIRECT, trust, Models.ANY)))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesAFormatThatIsNotListed() {
      var trust = new Trust(Set.of(Format.APPLE), List.of(SpecificationVectors.root()));
      assertThat(register(packed, new AttestationPolicy(Conveyance.DIRECT, trust, Models.ANY)))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesWhatIsNotAttestedOrByItselfAlone() {
      assertThat(register(SpecificationVectors.named("none-es256"), direct()))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
      assertThat(register(SpecificationVectors.named("packed-self-es256"), direct()))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesAStatementOverAnotherKey() {
      Vector other = SpecificationVectors.named("none-es256");
      Bytes mixed = CborMix.statementOf(packed, other);
      var response =
          new AttestationResponse(
              other.create().id(), other.create().clientData(), mixed, Set.of());
      assertThat(CEREMONIES.register(other.ceremony(other.createChallenge()), direct(), response))
          .isEqualTo(new Refused(Refusal.ATTESTATION));
    }

    @Test
    void refusesAStatementWithAnyPartChanged() {
      byte[] honest = packed.create().attestationObject().array();
      int data = honest.length - 164;
      for (int at = 30; at < data; at += 7) {
        byte[] changed = honest.clone();
        changed[at] ^= 1;
        var response =
            new AttestationResponse(
                packed.create().id(), packed.create().clientData(), Bytes.of(changed), Set.of());
        assertThat(
                CEREMONIES.register(packed.ceremony(packed.createChallenge()), direct(), response))
            .as("byte %d", at)
            .isInstanceOf(Refused.class);
      }
    }

    @Test
    void takesTheModelsOfThePolicyAlone() {
      UUID model = packed.known().authenticator().aaguid();
      assertThat(register(packed, direct(new Models(Set.of(model), Set.of()))))
          .isInstanceOf(Registered.class);
      assertThat(register(packed, direct(new Models(Set.of(MODEL), Set.of()))))
          .isEqualTo(new Refused(Refusal.AUTHENTICATOR));
      assertThat(register(packed, direct(new Models(Set.of(), Set.of(model)))))
          .isEqualTo(new Refused(Refusal.AUTHENTICATOR));
      assertThat(register(packed, direct(new Models(Set.of(model), Set.of(model)))))
          .isEqualTo(new Refused(Refusal.AUTHENTICATOR));
    }

    private static Registration register(Vector vector, AttestationPolicy policy) {
      return CEREMONIES.register(
          vector.ceremony(vector.createChallenge()), policy, vector.create());
    }

    private static AttestationPolicy direct() {
      return direct(Models.ANY);
    }

    private static AttestationPolicy direct(Models models) {
      var trust = new Trust(EnumSet.allOf(Format.class), List.of(SpecificationVectors.root()));
      return new AttestationPolicy(Conveyance.DIRECT, trust, models);
    }
  }

  @Test
  void knowsNoPolicyThatPromisesMoreThanItAsks() {
    var some = new Models(Set.of(MODEL), Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttestationPolicy(Conveyance.NONE, Trust.NOBODY, some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttestationPolicy(Conveyance.DIRECT, Trust.NOBODY, Models.ANY));
  }

  private static Tampering statement(Map<Object, Object> statement) {
    return Tampering.of(Step.STATEMENT, CborWriter.write(statement));
  }

  /// Of the same length or not: the name goes with its length.
  private static Tampering format(String format) {
    UnaryOperator<byte[]> change = object -> CborMix.withFormat(object, format);
    return Tampering.of(Step.ATTESTATION_OBJECT, change);
  }

  private static byte[] flipped(byte[] signature) {
    signature[signature.length - 1] ^= 1;
    return signature;
  }
}
