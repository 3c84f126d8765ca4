package dev.stile.challenge;

import dev.stile.factor.Code;
import dev.stile.factor.FactorId;
import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;

/// The keyed digests of answers: what the table holds in place of a code.
public final class Answers {
  private final KeyedDigest digest;

  @Inject
  public Answers(KeyedDigest digest) {
    this.digest = digest;
  }

  /// The digest of one challenge's code.
  public String toChallenge(Subject subject, ChallengeId challenge, Code code) {
    return digest.text(
        subject.tenant(),
        KeyUse.ANSWER,
        challenge.epoch(),
        "answer",
        subject.tenant().id(),
        subject.id(),
        challenge.factor().text(),
        challenge.text(),
        code.reveal());
  }

  /// What a client's idempotency key is kept as, alone and with the answer that came with it.
  public Retry retry(Subject subject, ChallengeId challenge, String key, String answer) {
    return new Retry(
        ofKey(subject, challenge, "retry", key, ""),
        ofKey(subject, challenge, "retried answer", key, answer));
  }

  private String ofKey(
      Subject subject, ChallengeId challenge, String purpose, String key, String answer) {
    return digest.text(
        subject.tenant(),
        KeyUse.ANSWER,
        challenge.epoch(),
        purpose,
        subject.id(),
        challenge.text(),
        key,
        answer);
  }

  /// The digest of digits that an authenticator app showed, to know them again in a later step.
  public String ofDigits(Subject subject, FactorId factor, Code code) {
    return digest.text(
        subject.tenant(),
        KeyUse.ANSWER,
        digest.currentEpoch(subject.tenant()),
        "digits",
        subject.tenant().id(),
        subject.id(),
        factor.text(),
        code.reveal());
  }
}
