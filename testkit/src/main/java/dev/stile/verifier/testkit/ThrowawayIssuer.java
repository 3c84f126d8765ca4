package dev.stile.verifier.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.KeySource;
import dev.stile.verifier.VerificationKey;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.UUID;

/// FOR UNIT TESTS ONLY: an issuer that says of anybody what the test wants. Its key lives as long
/// as the object and its name ends in `.invalid` (RFC 2606 §2), which no host can ever have, so
/// that a verifier of a real issuer refuses its grants, and a verifier with its name finds no keys
/// but those of the very object that minted.
public final class ThrowawayIssuer {
  /// The `iss` of every grant minted here; it cannot be chosen.
  public static final URI ISSUER = URI.create("https://throwaway-issuer-for-tests.invalid");

  private final String kid = "throwaway-" + UUID.randomUUID();
  private final KeyPair pair;
  private final Clock clock;

  private ThrowawayIssuer(KeyPair pair, Clock clock) {
    this.pair = pair;
    this.clock = clock;
  }

  public static ThrowawayIssuer create() {
    return create(Clock.systemUTC());
  }

  /// With the time of the test, which the verifiers made here follow too.
  public static ThrowawayIssuer create(Clock clock) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new ThrowawayIssuer(generator.generateKeyPair(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This platform has no P-256", e);
    }
  }

  /// A verifier that trusts this issuer and no other.
  public GrantVerifier verifier(String audience) {
    return Grants.verifier(ISSUER).audience(audience).keys(keys()).clock(clock).build();
  }

  public KeySource keys() {
    return KeySource.of(VerificationKey.of(kid, pair.getPublic()));
  }

  /// A grant that is good unless the test makes it worse: for `alice`, at `aal2` by `otp`, just
  /// now, for five minutes, bound to nothing.
  public ThrowawayGrant grant(String audience, String action) {
    return new ThrowawayGrant(this, audience, action, clock.instant());
  }

  String kid() {
    return kid;
  }

  JWSSigner signer() {
    try {
      return new ECDSASigner((ECPrivateKey) pair.getPrivate());
    } catch (JOSEException e) {
      throw new IllegalStateException("This platform cannot sign ES256", e);
    }
  }
}
