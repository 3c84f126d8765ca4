package dev.stile.lambda.verify;

import dev.stile.challenge.Answers;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Purpose;
import dev.stile.key.RandomIds;
import dev.stile.subject.Caller;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Names each answer to a challenge, so that a repeated write knows itself again.
final class Attempts {
  private final Answers answers;
  private final RandomIds ids;
  private final Clock clock;

  @Inject
  Attempts(Answers answers, RandomIds ids, Clock clock) {
    this.answers = answers;
    this.ids = ids;
    this.clock = clock;
  }

  /// With a client's idempotency key, so does a repeated call; with another key of the sender it is
  /// another call, or whoever captured it could have the grant bound to a key of his own.
  Attempt of(Caller caller, ChallengeId challenge, String answer, @Nullable String key) {
    return new Attempt(
        caller.subject(),
        challenge,
        Purpose.STEP_UP.owner(caller.principal()),
        Attempt.request(caller.call(), ids),
        clock.instant(),
        key == null
            ? null
            : answers.retry(caller.subject(), challenge, key, with(caller.senderKey(), answer)));
  }

  private static String with(@Nullable String senderKey, String answer) {
    return senderKey == null ? answer : answer + " " + senderKey;
  }
}
