package dev.stile.vendor.webauthn;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import dev.stile.factor.webauthn.AttestationPolicy.Format;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.vendor.webauthn.AuthenticatorData.Attested;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The steps of both ceremonies, each judged here by the bytes as they came, and then once more by
/// the library, which alone verifies signatures and attestation statements. A counter is looked at
/// last: only who holds the key may make a factor suspect.
///
/// The library is loaded with the first ceremony that gets as far as its signature.
public final class WebAuthn4jCeremonies implements Ceremonies {
  private final Set<Algorithm> offered;
  private volatile @Nullable Library library;

  @Inject
  public WebAuthn4jCeremonies() {
    this(EnumSet.copyOf(Algorithm.OFFERED));
  }

  WebAuthn4jCeremonies(Set<Algorithm> offered) {
    this.offered = Set.copyOf(offered);
  }

  @Override
  public Registration register(
      Ceremony ceremony, AttestationPolicy policy, AttestationResponse response) {
    try {
      return new Registration.Registered(registered(ceremony, policy, response));
    } catch (Failed e) {
      return new Registration.Refused(e.why());
    } catch (RuntimeException e) {
      // The library throws whatever its parsers throw.
      return new Registration.Refused(Refusal.MALFORMED);
    }
  }

  @Override
  public Authentication authenticate(
      Ceremony ceremony, CredentialRecord known, AssertionResponse response) {
    try {
      return authenticated(ceremony, known, response);
    } catch (Failed e) {
      return new Authentication.Refused(e.why());
    } catch (RuntimeException e) {
      return new Authentication.Refused(Refusal.MALFORMED);
    }
  }

  private CredentialRecord registered(
      Ceremony ceremony, AttestationPolicy policy, AttestationResponse response) {
    ClientData client = ClientData.of(response.clientData());
    AttestationObject attestation = AttestationObject.of(response.attestationObject());
    AuthenticatorData data = attestation.data();
    Attested attested = data.attested().orElseThrow(() -> new Failed(Refusal.MALFORMED));
    client.check(ClientData.CREATE, ceremony);
    data.check(ceremony);
    Failed.unless(attested.credentialId().equals(response.id()), Refusal.CREDENTIAL);
    Algorithm algorithm = CredentialKey.of(attested.publicKey()).algorithm();
    Failed.unless(offered.contains(algorithm), Refusal.ALGORITHM);
    checkFormat(policy, attestation);
    library().register(ceremony, policy, response, client);
    Failed.unless(policy.models().accept(attested.aaguid()), Refusal.AUTHENTICATOR);
    return record(policy, response, attestation, attested);
  }

  private static void checkFormat(AttestationPolicy policy, AttestationObject attestation) {
    if (policy.conveyance() == Conveyance.DIRECT) {
      boolean trusted =
          Format.ofWire(attestation.format())
              .filter(policy.trust().formats()::contains)
              .isPresent();
      Failed.unless(trusted, Refusal.ATTESTATION);
    }
    boolean bare = attestation.format().equals(AttestationObject.NO_FORMAT);
    Failed.unless(!bare || attestation.statement().values().isEmpty(), Refusal.ATTESTATION);
  }

  /// A statement that nobody asked for has been found to be correct, but not to be trusted.
  private static CredentialRecord record(
      AttestationPolicy policy,
      AttestationResponse response,
      AttestationObject attestation,
      Attested attested) {
    AuthenticatorData data = attestation.data();
    boolean trusted = policy.conveyance() == Conveyance.DIRECT;
    return new CredentialRecord(
        attested.credentialId(),
        attested.publicKey(),
        data.signCount(),
        data.flags().backup(),
        new Authenticator(
            attested.aaguid(),
            response.transports(),
            trusted ? attestation.format() : AttestationObject.NO_FORMAT,
            data.flags().userVerified()));
  }

  private Authentication authenticated(
      Ceremony ceremony, CredentialRecord known, AssertionResponse response) {
    ClientData client = ClientData.of(response.clientData());
    AuthenticatorData data = AuthenticatorData.of(response.authenticatorData());
    // §6.1: an assertion attests nothing.
    Failed.unless(data.attested().isEmpty(), Refusal.MALFORMED);
    Failed.unless(response.id().equals(known.id()), Refusal.CREDENTIAL);
    Failed.unless(
        response.userHandle() == null || response.userHandle().equals(ceremony.userHandle()),
        Refusal.USER_HANDLE);
    client.check(ClientData.GET, ceremony);
    data.check(ceremony);
    boolean eligible = data.flags().backup().eligible();
    Failed.unless(eligible == known.backup().eligible(), Refusal.BACKUP_STATE);
    CredentialKey key = CredentialKey.of(known.publicKey());
    Failed.unless(key.canBeSignature(response.signature().array()), Refusal.SIGNATURE);
    library().authenticate(ceremony, known, response, client);
    checkCounter(known.signCount(), data.signCount());
    return new Authentication.Authenticated(
        data.flags().userVerified(), data.flags().backup().state(), data.signCount());
  }

  /// §7.2 step 22. An authenticator that does not count says zero for ever.
  private static void checkCounter(long known, long asserted) {
    Failed.unless(asserted > known || (asserted == 0 && known == 0), Refusal.COUNTER);
  }

  /// Two at once are no harm.
  private Library library() {
    Library loaded = library;
    if (loaded == null) {
      loaded = new Library(offered);
      library = loaded;
    }
    return loaded;
  }
}
