package dev.stile.vendor.webauthn;

import static java.util.Objects.requireNonNull;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.key.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// The examples of Web Authentication Level 3, and the certificate that their attestations end in.
final class SpecificationVectors {
  private static final RelyingParty PARTY =
      new RelyingParty("example.org", Set.of("https://example.org"), Set.of("https://example.com"));

  private SpecificationVectors() {}

  static List<Vector> all() {
    return text("w3c-vectors.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Vector::of)
        .toList();
  }

  static Vector named(String name) {
    return all().stream().filter(vector -> vector.name().equals(name)).findFirst().orElseThrow();
  }

  static X509Certificate root() {
    return certificate("w3c-root.pem");
  }

  /// Registrations in the other formats: format, challenge, client data, attestation object.
  static List<Vector> attestations() {
    return text("attestations.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Vector.of(line + " " + "00".repeat(16) + " 00 00 00"))
        .toList();
  }

  static X509Certificate attestationsRoot() {
    return certificate("attestations-root.pem");
  }

  /// Of the same name and another key.
  static X509Certificate otherRoot() {
    return certificate("other-root.pem");
  }

  private static X509Certificate certificate(String name) {
    try (InputStream in = SpecificationVectors.class.getResourceAsStream(name)) {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509").generateCertificate(requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String name) {
    try (InputStream in = SpecificationVectors.class.getResourceAsStream(name)) {
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
