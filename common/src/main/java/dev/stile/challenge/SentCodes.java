package dev.stile.challenge;

import dev.stile.factor.Code;
import dev.stile.factor.otp.Codes;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;

/// The code of one generation of a challenge.
public final class SentCodes {
  private final Codes codes;

  @Inject
  public SentCodes(Codes codes) {
    this.codes = codes;
  }

  public Code of(Subject subject, Challenge challenge, int generation) {
    Approval approval = challenge.approval();
    ChallengeId id = challenge.id();
    return codes.derive(
        subject,
        new Codes.Derivation(
            id.epoch(),
            id.factor().text(),
            id.text(),
            generation,
            approval.action(),
            approval.binding().digest(),
            id.kind().codeDigits()));
  }
}
