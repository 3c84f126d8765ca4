package dev.stile.lambda.verify;

import dev.stile.assurance.Client;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Assertions.Consumption;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Rejected;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Factors;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Authenticated;
import dev.stile.factor.webauthn.Ceremonies.Authentication.Refused;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremony;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges the assertion of a passkey: consumes the challenge, reads the credential, verifies, and
/// writes once. Whatever does not verify has used the challenge up; a passkey itself is never
/// delayed for it.
final class JudgeAssertion {
  /// Each lost round is one that another assertion of the same credential won.
  private static final int ROUNDS = 4;

  private static final Verification NOT_VERIFIED = new Rejected(0, Cause.NOT_VERIFIED);

  private final Assertions assertions;
  private final Factors factors;
  private final Verifier verifier;
  private final Policies policies;
  private final Attempts attempts;

  @Inject
  JudgeAssertion(
      Assertions assertions,
      Factors factors,
      Verifier verifier,
      Policies policies,
      Attempts attempts) {
    this.assertions = assertions;
    this.factors = factors;
    this.verifier = verifier;
    this.policies = policies;
    this.attempts = attempts;
  }

  /// With a client's idempotency key, a call that is repeated is told the verdict that was.
  Verification judge(
      Caller caller, ChallengeId id, AssertionResponse response, @Nullable String key) {
    Attempt attempt = attempts.of(caller, id, response.digest().text(), key);
    return switch (assertions.consume(attempt)) {
      case Consumption.Consumed(var challenge) -> judge(attempt, challenge, response);
      case Consumption.Refused(var reason) -> Verification.refused(reason);
      case Consumption.Repeated(var judged) -> again(attempt, judged, response);
    };
  }

  private Verification again(Attempt attempt, Challenge judged, AssertionResponse response) {
    return judged.progress().status() == Status.APPROVED
        ? factor(attempt, prompt(judged), response)
            .<Verification>map(factor -> new Verification.Verified(judged, factor))
            .orElse(Verification.refused(Reason.COMPLETED))
        : NOT_VERIFIED;
  }

  private static PasskeyPrompt prompt(Challenge challenge) {
    if (challenge.prompt() instanceof PasskeyPrompt prompt) {
      return prompt;
    }
    throw new IllegalStateException("a passkey is asked by its prompt");
  }

  private Optional<Factor> factor(
      Attempt attempt, PasskeyPrompt prompt, AssertionResponse response) {
    return Optional.ofNullable(prompt.credentials().get(Passkey.index(response.id())))
        .flatMap(id -> factors.find(attempt.subject(), id))
        .filter(Factor::isActive);
  }

  private Verification judge(Attempt attempt, Challenge challenge, AssertionResponse response) {
    PasskeyPrompt prompt = prompt(challenge);
    Optional<RelyingParty> party = party(challenge, prompt);
    Optional<Factor> factor = factor(attempt, prompt, response);
    if (party.isEmpty() || factor.isEmpty()) {
      return reject(attempt, Refusal.CREDENTIAL, Optional.empty());
    }
    var asked = new Asked(attempt, challenge, prompt, party.get());
    Verification verification = verdict(asked, factor.get(), response);
    for (int i = 1; i < ROUNDS && verification instanceof Verification.Overtaken(var now); i++) {
      verification = verdict(asked, now, response);
    }
    return verification;
  }

  /// The origins are the policy's of today; the relying party is the one that was asked as.
  private Optional<RelyingParty> party(Challenge challenge, PasskeyPrompt prompt) {
    return policies
        .current()
        .client(challenge.approval().client())
        .flatMap(Client::forPasskeys)
        .map(Client.Passkeys::party)
        .filter(party -> party.id().equals(prompt.relyingParty()));
  }

  private Verification verdict(Asked asked, Factor factor, AssertionResponse response) {
    Attempt attempt = asked.attempt();
    if (!(factor.credential() instanceof Passkey passkey)) {
      return reject(attempt, Refusal.CREDENTIAL, Optional.empty());
    }
    var ceremony =
        new Ceremony(
            asked.party(),
            asked.prompt().signedChallenge(attempt.subject(), asked.challenge()).value(),
            passkey.scope().userHandle(),
            asked.prompt().userVerification());
    return switch (verifier.authenticate(ceremony, passkey.record(), response)) {
      case Authenticated(var userVerified, var backedUp, var signCount) ->
          assertions.approve(
              attempt,
              asked.challenge(),
              factor,
              new PasskeyUse(signCount, backedUp, userVerified));
      case Refused(var why) -> reject(attempt, why, Optional.of(factor.id()));
    };
  }

  /// A counter that went back is the one failure that says something of the credential.
  private Verification reject(Attempt attempt, Refusal why, Optional<FactorId> credential) {
    verifier.log("assertion", why, attempt.now());
    assertions.fail(attempt, credential.filter(id -> why == Refusal.COUNTER).orElse(null));
    return NOT_VERIFIED;
  }

  private record Asked(
      Attempt attempt, Challenge challenge, PasskeyPrompt prompt, RelyingParty party) {}
}
