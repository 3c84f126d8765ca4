package dev.stile.lambda.verify;

import dev.stile.assurance.Client;
import dev.stile.assurance.Policies;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Assertions.Consumption;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Purpose;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Cause;
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
import dev.stile.key.RandomIds;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/// Judges the assertion of a passkey: consumes the challenge, reads the credential, verifies, and
/// writes once. Whatever does not verify has used the challenge up; a passkey itself is never
/// delayed for it.
final class JudgeAssertion {
  /// Each lost round is one that another assertion of the same credential won.
  private static final int ROUNDS = 4;

  private final Assertions assertions;
  private final Factors factors;
  private final Verifier verifier;
  private final Policies policies;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  JudgeAssertion(
      Assertions assertions,
      Factors factors,
      Verifier verifier,
      Policies policies,
      RandomIds ids,
      Clock clock) {
    this.assertions = assertions;
    this.factors = factors;
    this.verifier = verifier;
    this.policies = policies;
    this.ids = ids;
    this.clock = clock;
  }

  Verification judge(Caller caller, ChallengeId id, AssertionResponse response) {
    var attempt =
        new Attempt(
            caller.subject(),
            id,
            Purpose.STEP_UP.owner(caller.principal()),
            ids.text(),
            clock.instant());
    return switch (assertions.consume(attempt)) {
      case Consumption.Consumed(var challenge) -> judge(attempt, challenge, response);
      case Consumption.Refused(var reason) -> Verification.refused(reason);
    };
  }

  private Verification judge(Attempt attempt, Challenge challenge, AssertionResponse response) {
    if (!(challenge.prompt() instanceof PasskeyPrompt prompt)) {
      throw new IllegalStateException("a passkey is asked by its prompt");
    }
    Optional<RelyingParty> party = party(challenge, prompt);
    Optional<Factor> factor =
        Optional.ofNullable(prompt.credentials().get(Passkey.index(response.id())))
            .flatMap(id -> factors.find(attempt.subject(), id))
            .filter(Factor::isActive);
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
    verifier.log("assertion", why, clock.instant());
    assertions.fail(attempt, credential.filter(id -> why == Refusal.COUNTER).orElse(null));
    return new Rejected(0, Cause.NOT_VERIFIED);
  }

  private record Asked(
      Attempt attempt, Challenge challenge, PasskeyPrompt prompt, RelyingParty party) {}
}
