package dev.stile.challenge;

import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The writes that decide on an assertion. A challenge is consumed before anything is verified, so
/// that whatever comes of it, even a crash, it was used once; only the call that has consumed it
/// can end it. Nothing here counts against the factor: there is nothing to guess.
public interface Assertions {
  /// Takes a pending challenge for this one call.
  Consumption consume(Attempt attempt);

  /// Approves a challenge that this call has consumed, and moves the credential on, where both are
  /// still as they were judged.
  Verification approve(Attempt attempt, Challenge consumed, Factor judged, PasskeyUse use);

  /// Ends a challenge that this call has consumed as failed, and marks the credential whose counter
  /// went back, if that is why.
  void fail(Attempt attempt, @Nullable FactorId regressed);

  /// What came of consuming.
  sealed interface Consumption {
    record Consumed(Challenge challenge) implements Consumption {}

    record Refused(Reason reason) implements Consumption {}

    /// A call that the client repeats, with the challenge as its verdict left it.
    record Repeated(Challenge judged) implements Consumption {}
  }

  /// Why a challenge could not be consumed, told from what was found, in the order of the API's
  /// answers. A repeated write finds that it was its own.
  static Consumption explain(Attempt attempt, Challenge found) {
    if (!found.owner().equals(attempt.owner())) {
      return new Consumption.Refused(Reason.UNKNOWN);
    }
    if (Retry.isOf(attempt.retry(), found.progress(), attempt.now())) {
      return Objects.equals(attempt.retry(), found.progress().retry())
          ? new Consumption.Repeated(found)
          : new Consumption.Refused(Reason.MISMATCH);
    }
    if (!found.isOpen()) {
      return new Consumption.Refused(Reason.COMPLETED);
    }
    if (attempt.request().equals(found.progress().lastRequest())) {
      return new Consumption.Consumed(found);
    }
    boolean expired = found.lifetime().expired(attempt.now());
    return new Consumption.Refused(expired ? Reason.EXPIRED : Reason.COMPLETED);
  }

  /// Why an approval was not written, where its challenge was not as this call had left it.
  static Verification explain(Attempt attempt, Challenge found, Factor moved) {
    boolean own = attempt.request().equals(found.progress().lastRequest());
    return own && found.progress().status() == Status.APPROVED
        ? new Verification.Verified(found, moved)
        : new Verification.Refused(Reason.COMPLETED, Instant.MAX);
  }
}
