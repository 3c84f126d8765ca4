package dev.stile.lambda.verify;

import dev.stile.assurance.Action;
import dev.stile.assurance.Amr;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Verification.Verified;
import dev.stile.key.Base32;
import dev.stile.key.Fields;
import dev.stile.subject.Caller;
import dev.stile.token.Grant;
import dev.stile.token.TokenSigner;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/// Turns a verdict into a signed grant. Takes nothing but a `Verified`, which only the write of an
/// approval makes.
final class IssueGrant {
  private final URI issuer;
  private final Policies policies;
  private final TokenSigner signer;
  private final Clock clock;

  @Inject
  IssueGrant(URI issuer, Policies policies, TokenSigner signer, Clock clock) {
    this.issuer = issuer;
    this.policies = policies;
    this.signer = signer;
    this.clock = clock;
  }

  Issued issue(Caller caller, Verified verified) {
    Challenge challenge = verified.challenge();
    Approval approval = challenge.approval();
    // What a verdict is told again has to be the same grant, not a second one.
    Instant now = Objects.requireNonNullElseGet(challenge.progress().lastVerdict(), clock::instant);
    Duration lifetime =
        policies
            .current()
            .action(approval.action())
            .map(Action::grantLifetime)
            .orElse(Grant.MAX_LIFETIME);
    var grant =
        new Grant(
            id(challenge),
            new Grant.Party(
                issuer.toString(),
                caller.subject().id(),
                approval.audience(),
                approval.client(),
                caller.principal().session()),
            new Grant.Assurance(
                now, approval.decision().acr(), Amr.of(verified.factor().kind()), approval.epoch()),
            new Grant.Transaction(
                challenge.id().text(), approval.action(), approval.binding().digest()),
            now,
            lifetime);
    return new Issued(grant, signer.sign(grant));
  }

  /// Made from the name of the call that approved, which is as random and nobody else's to know.
  private static String id(Challenge challenge) {
    String request = String.valueOf(challenge.progress().lastRequest());
    byte[] digest = Fields.digest("grant", challenge.id().text(), request);
    return "grt_" + Base32.LOWER.encode(Arrays.copyOf(digest, 16));
  }

  /// A grant and its compact form.
  record Issued(Grant grant, String token) {
    @Override
    public String toString() {
      return "Issued[" + grant.id() + "]";
    }
  }
}
