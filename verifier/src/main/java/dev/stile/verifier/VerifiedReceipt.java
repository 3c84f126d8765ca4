package dev.stile.verifier;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A receipt whose user signed what it tells. Only [Receipts] makes one.
public final class VerifiedReceipt {
  private final ReceiptClaims claims;
  private final String origin;
  private final boolean userVerified;

  VerifiedReceipt(ReceiptClaims claims, String origin, boolean userVerified) {
    this.claims = claims;
    this.origin = origin;
    this.userVerified = userVerified;
  }

  public String issuer() {
    return claims.parties().issuer();
  }

  public String tenant() {
    return claims.parties().tenant();
  }

  public String subject() {
    return claims.parties().subject();
  }

  public String clientId() {
    return claims.parties().clientId();
  }

  /// The `jti` of the grant that it accompanied.
  public String grant() {
    return claims.approval().grant();
  }

  public String transaction() {
    return claims.approval().transaction();
  }

  public String action() {
    return claims.approval().action();
  }

  public Map<String, String> binding() {
    return Map.copyOf(claims.approval().binding());
  }

  /// The line that the user was shown.
  public String display() {
    return claims.approval().display();
  }

  public Instant approvedAt() {
    return claims.approval().level().time();
  }

  /// As the issuer judged it; the assertion itself does not tell.
  public String acr() {
    return claims.approval().level().acr();
  }

  public List<String> amr() {
    return claims.approval().level().amr();
  }

  public String relyingParty() {
    return claims.evidence().relyingParty();
  }

  /// Where the browser was when the user approved.
  public String origin() {
    return origin;
  }

  /// The id of the credential, in base64url.
  public String credential() {
    return claims.evidence().credential();
  }

  /// Whether the authenticator has seen a PIN, a finger or a face.
  public boolean userVerified() {
    return userVerified;
  }
}
