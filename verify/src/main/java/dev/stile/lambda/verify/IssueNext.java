package dev.stile.lambda.verify;

import dev.stile.assurance.Amr;
import dev.stile.challenge.Approval;
import dev.stile.challenge.Chain;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Passed;
import dev.stile.challenge.Verification.Verified;
import dev.stile.key.Base32;
import dev.stile.key.Fields;
import dev.stile.key.RandomIds;
import dev.stile.subject.Caller;
import dev.stile.token.Grant;
import dev.stile.token.Next;
import dev.stile.token.NextSigner;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Turns a verdict on a factor that is not the last of its chain into what the next challenge is
/// asked with. A verdict that is told again leads to the same token, which is used up once.
final class IssueNext {
  private final URI issuer;
  private final Provider<NextSigner> signer;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  IssueNext(URI issuer, Provider<NextSigner> signer, RandomIds ids, Clock clock) {
    this.issuer = issuer;
    this.signer = signer;
    this.ids = ids;
    this.clock = clock;
  }

  /// As the API shows it.
  Map<String, Object> issue(Caller caller, Verified verified) {
    Challenge challenge = verified.challenge();
    Chain chain = challenge.approval().decision().chain();
    Instant at = Objects.requireNonNullElseGet(challenge.progress().lastVerdict(), clock::instant);
    var passed = new Passed(verified.factor().id(), Amr.of(verified.factor()), at);
    Next next = next(caller, challenge, chain, passed);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("token", signer.get().sign(next));
    view.put("token_type", Next.TYPE);
    view.put("expires_in", Next.LIFETIME.toSeconds());
    view.put("passed", next.standing().passed().stream().map(p -> p.factor().text()).toList());
    view.put("following", chain.following());
    return view;
  }

  private Next next(Caller caller, Challenge challenge, Chain chain, Passed passed) {
    Approval approval = challenge.approval();
    String call = Objects.requireNonNullElseGet(challenge.progress().lastRequest(), ids::text);
    byte[] digest = Fields.digest("next", challenge.id().text(), call);
    return new Next(
        "nxt_" + Base32.LOWER.encode(Arrays.copyOf(digest, 16)),
        new Grant.Party(
            issuer.toString(),
            caller.subject().id(),
            approval.audience(),
            approval.client(),
            caller.principal().session()),
        new Grant.Transaction(
            challenge.id().text(), approval.action(), approval.binding().digest()),
        new Next.Standing(challenge.owner(), chain.with(passed), chain.floor(), approval.epoch()),
        passed.at());
  }
}
