package dev.stile.challenge;

import dev.stile.factor.FactorId;
import dev.stile.factor.webauthn.SignedChallenge;
import dev.stile.key.Bytes;
import dev.stile.subject.Subject;
import java.util.Map;

/// The question to the user's passkeys: as which relying party it is asked, the random part of what
/// they sign, whether they have to verify their user, and which may answer, by the index of the
/// credential. Fixed when the challenge opens, and judged from here alone (R14).
public record PasskeyPrompt(
    String relyingParty, Bytes nonce, boolean userVerification, Map<String, FactorId> credentials)
    implements Prompt {
  public PasskeyPrompt {
    credentials = Map.copyOf(credentials);
  }

  /// What the authenticator signs: the transaction with the nonce, derived again for each use.
  public SignedChallenge signedChallenge(Subject subject, Challenge challenge) {
    Approval approval = challenge.approval();
    var question =
        new SignedChallenge.Question(
            challenge.id().text(),
            approval.action(),
            approval.binding().digest(),
            approval.display());
    return new SignedChallenge(nonce, subject, question);
  }
}
