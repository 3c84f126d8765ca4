package dev.stile.challenge;

import dev.stile.factor.Factor;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store of challenges. Each transition is one conditional write; reads are consistent.
public interface Challenges {
  /// Opens a challenge on its factor, cancels the ones that it replaces and drops old ones.
  /// `answer` is the keyed digest of the code that was derived for it, null where the factor
  /// computes its own codes or the challenge is only requested.
  Opening open(Subject subject, Challenge challenge, @Nullable String answer, Instant now);

  /// The same on the decoy of a subject without a factor, which is kept with the first challenge
  /// that is opened on it.
  Opening openDecoy(Subject subject, Factor decoy, Challenge challenge, Instant now);

  /// Opens the next challenge of a chain, and uses up in the same transaction what entitles to it.
  Opening openNext(Subject subject, Challenge challenge, @Nullable String answer, Ticket ticket);

  Optional<Challenge> find(Subject subject, ChallengeId id);

  /// `requested → pending`, with the digest of the code. False if it is not in that state any more,
  /// so that a message delivered twice revives nothing.
  boolean start(Subject subject, ChallengeId id, String answer, Instant now);

  /// Another generation of the code in place of the last. Guesses stay counted. Empty if the
  /// challenge is not pending in the generation that was seen.
  Optional<Challenge> renew(Subject subject, Challenge seen, String answer, Instant now);

  /// `requested | pending → canceled`. Empty if it is neither; `replacedBy` names what takes its
  /// place.
  Optional<Challenge> cancel(
      Subject subject, ChallengeId id, String owner, @Nullable ChallengeId replacedBy, Instant now);

  /// Claims the sending of one generation: pending, unexpired, not sent, and nobody else's claim.
  Optional<Claim> claim(Subject subject, ChallengeId id, int generation, Instant now);

  /// Records how a claimed sending ended. A failure that may be repeated goes back to queued.
  void settle(
      Subject subject,
      ChallengeId id,
      int generation,
      Dispatch.Delivery delivery,
      @Nullable String reason);

  /// What entitles to the next challenge of a chain, once.
  record Ticket(String jti, Instant expires) {}

  /// What came of opening.
  sealed interface Opening {
    record Opened(Challenge challenge) implements Opening {}

    /// Too many are live on this factor.
    record Full(Instant until) implements Opening {}

    /// The factor is not there any more.
    record Gone() implements Opening {}

    /// The ticket has been used.
    record Spent() implements Opening {}
  }

  /// A claimed sending with the factor it goes to.
  record Claim(Challenge challenge, Factor factor) {}
}
