package dev.stile.lambda.challenge;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenges;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Status;
import dev.stile.message.Message.ChallengeRequested;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Takes up a challenge that enrollment reserved: `requested → pending`, and the command to deliver
/// its code. A message that comes twice revives nothing and sends nothing twice.
final class PrepareChallenge {
  private final Challenges challenges;
  private final Dispatcher dispatcher;
  private final Clock clock;

  @Inject
  PrepareChallenge(Challenges challenges, Dispatcher dispatcher, Clock clock) {
    this.challenges = challenges;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  String prepare(ChallengeRequested message) {
    Subject subject = message.subject();
    Instant now = clock.instant();
    Optional<Challenge> found = challenges.find(subject, message.challenge());
    if (found.isEmpty() || !found.get().isLive(now)) {
      return "dropped";
    }
    Challenge challenge = found.get();
    if (challenge.progress().status() == Status.REQUESTED) {
      challenges.start(subject, challenge.id(), dispatcher.answer(subject, challenge, 1), now);
    } else if (!awaitsCommand(challenge)) {
      return "repeated";
    }
    dispatcher.command(subject, challenge);
    return "started";
  }

  /// Whoever started it may have died before the command; a second command is harmless.
  private static boolean awaitsCommand(Challenge challenge) {
    Dispatch dispatch = challenge.dispatch();
    return dispatch != null
        && dispatch.generation() == 1
        && dispatch.delivery() == Dispatch.Delivery.QUEUED;
  }
}
