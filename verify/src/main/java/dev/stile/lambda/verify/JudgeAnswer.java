package dev.stile.lambda.verify;

import dev.stile.challenge.Answers;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Code;
import dev.stile.factor.Credential.Totp;
import dev.stile.factor.Factor;
import dev.stile.factor.Factors;
import dev.stile.factor.totp.TotpCheck;
import dev.stile.key.KeyUse;
import dev.stile.key.Sealing;
import dev.stile.key.Secret;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Judges the answer to a challenge. A code that was sent takes one write and no read; one from an
/// app takes one read and one write, whether it is right or wrong.
final class JudgeAnswer {
  private final Verdicts verdicts;
  private final Factors factors;
  private final Answers answers;
  private final JudgeTotp judgeTotp;
  private final Attempts attempts;

  @Inject
  JudgeAnswer(
      Verdicts verdicts, Factors factors, Answers answers, JudgeTotp judgeTotp, Attempts attempts) {
    this.verdicts = verdicts;
    this.factors = factors;
    this.answers = answers;
    this.judgeTotp = judgeTotp;
    this.attempts = attempts;
  }

  /// With a client's idempotency key, a call that is repeated is told the verdict that was.
  Verification judge(Caller caller, ChallengeId challenge, Code code, @Nullable String key) {
    Attempt attempt = attempts.of(caller, challenge, code.reveal(), key);
    return switch (challenge.kind()) {
      case SMS, EMAIL ->
          verdicts.judge(attempt, answers.toChallenge(caller.subject(), challenge, code));
      case TOTP -> judgeTotp(attempt, code);
      case WEBAUTHN -> throw new IllegalArgumentException("a passkey is not answered by a code");
    };
  }

  private Verification judgeTotp(Attempt attempt, Code code) {
    return factors
        .find(attempt.subject(), attempt.challenge().factor())
        .map(factor -> judgeTotp.judge(attempt, factor, code, writes(attempt)))
        .orElse(Verification.refused(Reason.UNKNOWN));
  }

  private JudgeTotp.Writes writes(Attempt attempt) {
    return new JudgeTotp.Writes() {
      @Override
      public Verification accept(TotpUse use) {
        return verdicts.accept(attempt, use);
      }

      @Override
      public Verification reject() {
        return verdicts.reject(attempt);
      }
    };
  }

  /// What it takes to check a code of an app.
  static final class Apps {
    private final Sealing sealing;
    final TotpCheck check;

    @Inject
    Apps(Sealing sealing, TotpCheck check) {
      this.sealing = sealing;
      this.check = check;
    }

    /// A decoy has none: what stands in its place makes the same work.
    Secret seed(Subject subject, Factor factor, Totp totp) {
      if (factor.isDecoy()) {
        return Secret.of(totp.seed().text().getBytes(StandardCharsets.US_ASCII));
      }
      return sealing.open(subject, factor.id().text(), KeyUse.SEED, totp.seed());
    }
  }
}
