package dev.stile.lambda.verify;

import dev.stile.assurance.Action;
import dev.stile.assurance.Amr;
import dev.stile.assurance.Client;
import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Passed;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Redemptions.Presentation;
import dev.stile.challenge.Redemptions.Redemption.Redeemed;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.key.Base32;
import dev.stile.key.Fields;
import dev.stile.key.RandomIds;
import dev.stile.subject.Caller;
import dev.stile.token.Grant;
import dev.stile.token.Receipt;
import dev.stile.token.ReceiptSigner;
import dev.stile.token.SigningAlgorithm;
import dev.stile.token.TokenSigner;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns a verdict into a signed grant. Takes nothing but a `Verified` or a `Redeemed`, which only
/// the write of an approval makes.
final class IssueGrant {
  private final URI issuer;
  private final Policies policies;
  private final TokenSigner signer;
  private final Provider<ReceiptSigner> receipts;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  IssueGrant(
      URI issuer,
      Policies policies,
      TokenSigner signer,
      Provider<ReceiptSigner> receipts,
      RandomIds ids,
      Clock clock) {
    this.issuer = issuer;
    this.policies = policies;
    this.signer = signer;
    this.receipts = receipts;
    this.ids = ids;
    this.clock = clock;
  }

  Issued issue(Caller caller, Verified verified) {
    Challenge challenge = verified.challenge();
    Approval approval = challenge.approval();
    Chain chain = approval.decision().chain();
    if (chain.goesOn()) {
      throw new IllegalArgumentException("a chain that goes on leads to no grant yet");
    }
    String call = Objects.requireNonNullElseGet(challenge.progress().lastRequest(), ids::text);
    // What a verdict is told again has to be the same grant, not a second one.
    Instant at = Objects.requireNonNullElseGet(challenge.progress().lastVerdict(), clock::instant);
    var passed = new Passed(verified.factor().id(), Amr.of(verified.factor()), at);
    var how = new Means(chain.amr(passed), chain.since(passed));
    return issue(caller, approval, new Proof(challenge.id().text(), call, how, at));
  }

  /// The evidence of an approval by a passkey.
  String receipt(Caller caller, Issued issued, Verified verified, AssertionResponse assertion) {
    Challenge challenge = verified.challenge();
    if (!(challenge.prompt() instanceof PasskeyPrompt prompt)
        || !(verified.factor().credential() instanceof Passkey passkey)) {
      throw new IllegalArgumentException("only a passkey leaves evidence");
    }
    return receipts
        .get()
        .sign(
            Receipt.of(
                issued.grant(),
                prompt.signedChallenge(caller.subject(), challenge),
                challenge.approval().binding().members(),
                new Receipt.Proof(prompt.relyingParty(), passkey.record(), assertion)));
  }

  Issued issue(Caller caller, Redeemed redeemed) {
    Presentation presentation = redeemed.presentation();
    Instant now = clock.instant();
    var proof = new Proof(presentation.id(), ids.text(), new Means(Amr.RECOVERY, now), now);
    return issue(caller, presentation.approval(), proof);
  }

  private Issued issue(Caller caller, Approval approval, Proof proof) {
    Policy policy = policies.current();
    Duration lifetime =
        policy.action(approval.action()).map(Action::grantLifetime).orElse(Grant.MAX_LIFETIME);
    var grant =
        new Grant(
            proof.grantId(),
            new Grant.Party(
                issuer.toString(),
                caller.subject().id(),
                approval.audience(),
                approval.client(),
                caller.principal().session(),
                senderKey(caller, approval)),
            new Grant.Assurance(
                proof.how().since(),
                approval.decision().acr(),
                proof.how().amr(),
                approval.epoch()),
            new Grant.Transaction(
                proof.transaction(), approval.action(), approval.binding().digest()),
            proof.at(),
            lifetime);
    SigningAlgorithm algorithm =
        policy.client(approval.client()).map(Client::signing).orElse(SigningAlgorithm.ES256);
    return new Issued(grant, signer.sign(grant, algorithm));
  }

  /// Stile itself takes grants for managing factors, from their user's own session alone, and uses
  /// them up: they are bound to no key.
  private static @Nullable String senderKey(Caller caller, Approval approval) {
    return approval.action().equals(Action.MANAGE_FACTORS) ? null : caller.senderKey();
  }

  /// What a grant rests on: the transaction, the call that approved it, how, and when.
  private record Proof(String transaction, String call, Means how, Instant at) {
    /// Made from the name of the call, which is as random and nobody else's to know.
    String grantId() {
      byte[] digest = Fields.digest("grant", transaction, call);
      return "grt_" + Base32.LOWER.encode(Arrays.copyOf(digest, 16));
    }
  }

  /// How the user was authenticated, and since when.
  private record Means(List<String> amr, Instant since) {}

  /// A grant and its compact form.
  record Issued(Grant grant, String token) {
    /// As the API shows it.
    Map<String, Object> shown() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("token", token);
      view.put("token_type", Grant.TYPE);
      view.put("expires_in", grant.lifetime().toSeconds());
      view.put("acr", grant.assurance().acr());
      view.put("amr", grant.assurance().amr());
      view.put("auth_time", grant.assurance().authTime().getEpochSecond());
      view.put("txn", grant.transaction().id());
      return view;
    }

    @Override
    public String toString() {
      return "Issued[" + grant.id() + "]";
    }
  }
}
