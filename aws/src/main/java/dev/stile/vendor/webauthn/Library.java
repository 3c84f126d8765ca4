package dev.stile.vendor.webauthn;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.CollectedClientDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremony;
import java.security.cert.TrustAnchor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// webauthn4j, the only class that knows it. It judges every step of a ceremony again and is asked
/// for what is left: signatures, statements of attestation and their chains.
final class Library {
  private final ObjectConverter converter = new ObjectConverter();
  private final CollectedClientDataConverter clientData =
      new CollectedClientDataConverter(converter);
  private final AuthenticatorDataConverter authenticatorData =
      new AuthenticatorDataConverter(converter);
  private final AttestationObjectConverter attestations = new AttestationObjectConverter(converter);
  private final WebAuthnAuthenticationManager authentications =
      new WebAuthnAuthenticationManager(List.of(), converter);
  private final List<PublicKeyCredentialParameters> parameters;

  Library(Set<Algorithm> offered) {
    this.parameters = offered.stream().map(Library::parameters).toList();
  }

  void register(
      Ceremony ceremony,
      AttestationPolicy policy,
      AttestationResponse response,
      ClientData client) {
    byte[] attestation = response.attestationObject().array();
    var data =
        new RegistrationData(
            attestations.convert(attestation),
            attestation,
            clientData.convert(client.json().array()),
            response.clientData().array(),
            null,
            null);
    var expected =
        new RegistrationParameters(server(ceremony), parameters, ceremony.userVerification(), true);
    try {
      registrations(policy).verify(data, expected);
    } catch (VerificationException e) {
      throw new Failed(Refusal.ATTESTATION);
    }
  }

  /// The counter is not the library's to judge: it is given one that nothing regresses from.
  void authenticate(
      Ceremony ceremony, CredentialRecord known, AssertionResponse response, ClientData client) {
    byte[] authenticator = response.authenticatorData().array();
    var data =
        new AuthenticationData(
            response.id().array(),
            ceremony.userHandle().array(),
            authenticatorData.convert(authenticator),
            authenticator,
            clientData.convert(client.json().array()),
            response.clientData().array(),
            null,
            response.signature().array());
    var expected =
        new AuthenticationParameters(
            server(ceremony),
            credential(known),
            List.of(known.id().array()),
            ceremony.userVerification(),
            true);
    try {
      authentications.verify(data, expected);
    } catch (BadSignatureException e) {
      throw new Failed(Refusal.SIGNATURE);
    }
  }

  private CredentialRecordImpl credential(CredentialRecord known) {
    COSEKey key = converter.getCborMapper().readValue(known.publicKey().array(), COSEKey.class);
    var attested =
        new AttestedCredentialData(
            new AAGUID(known.authenticator().aaguid()), known.id().array(), key);
    return new CredentialRecordImpl(
        null,
        known.authenticator().userVerified(),
        known.backup().eligible(),
        known.backup().state(),
        0,
        attested,
        null,
        null,
        null,
        null);
  }

  private WebAuthnRegistrationManager registrations(AttestationPolicy policy) {
    boolean direct = policy.conveyance() == Conveyance.DIRECT;
    CertPathTrustworthinessVerifier chains =
        direct
            ? new DefaultCertPathTrustworthinessVerifier(new Anchors(anchors(policy)))
            : new NullCertPathTrustworthinessVerifier();
    var self = new DefaultSelfAttestationTrustworthinessVerifier();
    self.setSelfAttestationAllowed(!direct);
    return new WebAuthnRegistrationManager(
        List.of(
            new NoneAttestationStatementVerifier(),
            new PackedAttestationStatementVerifier(),
            new TPMAttestationStatementVerifier(),
            new AndroidKeyAttestationStatementVerifier(),
            new FIDOU2FAttestationStatementVerifier(),
            new AppleAnonymousAttestationStatementVerifier()),
        chains,
        self,
        List.of(),
        converter);
  }

  private static Set<TrustAnchor> anchors(AttestationPolicy policy) {
    return policy.trust().anchors().stream()
        .map(certificate -> new TrustAnchor(certificate, null))
        .collect(Collectors.toSet());
  }

  /// The pages around are judged before, by their text alone.
  private static ServerProperty server(Ceremony ceremony) {
    var server =
        ServerProperty.builder()
            .rpId(ceremony.party().id())
            .challenge(new DefaultChallenge(ceremony.challenge().array()))
            .origins(
                ceremony.party().origins().stream().map(Origin::new).collect(Collectors.toSet()));
    if (!ceremony.party().topOrigins().isEmpty()) {
      server.anyTopOrigin();
    }
    return server.build();
  }

  private static PublicKeyCredentialParameters parameters(Algorithm algorithm) {
    return new PublicKeyCredentialParameters(
        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm.cose()));
  }

  /// The same anchors whatever the model: which makers are trusted is the policy's choice.
  private record Anchors(Set<TrustAnchor> all) implements TrustAnchorRepository {
    @Override
    public Set<TrustAnchor> find(AAGUID aaguid) {
      return all;
    }

    @Override
    public Set<TrustAnchor> find(byte[] attestationCertificateKeyIdentifier) {
      return all;
    }
  }
}
