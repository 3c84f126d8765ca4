package dev.stile.verifier;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A grant whose signature, claims and time were found good. Only [GrantVerifier] makes one and
/// hands it out when the requirement is met too, so that a method which takes one cannot be reached
/// without the step-up.
public final class VerifiedGrant {
  private final GrantClaims claims;

  VerifiedGrant(GrantClaims claims) {
    this.claims = claims;
  }

  public URI issuer() {
    return URI.create(claims.parties().issuer());
  }

  public String subject() {
    return claims.parties().subject();
  }

  public List<String> audience() {
    return claims.parties().audience();
  }

  public String clientId() {
    return claims.parties().clientId();
  }

  /// `jti`. What makes a grant single-use is this together with the issuer, never the token string:
  /// an ECDSA signature can be respelled by anyone, the id cannot.
  public String id() {
    return claims.approval().id();
  }

  /// `txn`: the challenge that was answered (RFC 8417 §2.2).
  public String transaction() {
    return claims.approval().transaction();
  }

  public String action() {
    return claims.approval().action();
  }

  /// The hash of `{}` where the grant is bound to nothing.
  public BindingHash binding() {
    return claims.approval().binding();
  }

  public String acr() {
    return claims.authentication().acr();
  }

  /// RFC 8176 values.
  public List<String> amr() {
    return claims.authentication().amr();
  }

  public Instant authTime() {
    return claims.authentication().time();
  }

  public Instant issuedAt() {
    return claims.times().issuedAt();
  }

  public Instant expiresAt() {
    return claims.times().expiresAt();
  }

  /// `sid`: the session of the primary login, where it had one.
  public Optional<String> sessionId() {
    return claims.session().id();
  }

  /// `cnf.jkt`: the thumbprint of the key whose holder alone may use it (RFC 9449 §6.1).
  public Optional<String> senderKey() {
    return claims.session().key();
  }

  /// The generation of the user's factors at the time; an issuer of its own keys compares it.
  public OptionalLong epoch() {
    return claims.session().epoch();
  }

  @Override
  public String toString() {
    return "VerifiedGrant[" + id() + ", " + action() + "]";
  }
}
