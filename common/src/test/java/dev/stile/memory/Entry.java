package dev.stile.memory;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.Retry;
import dev.stile.challenge.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A challenge as it is kept: with the digest of its answer and the time of the claim on its
/// sending.
record Entry(Challenge challenge, @Nullable String answer, @Nullable Instant claimed) {
  ChallengeId id() {
    return challenge.id();
  }

  /// All that a write can change.
  Object snapshot() {
    return List.of(
        challenge.progress(),
        Optional.ofNullable(challenge.dispatch()),
        Optional.ofNullable(answer),
        Optional.ofNullable(claimed));
  }

  /// Whether a guess or a sending is still possible, whoever asks.
  boolean isPending(Instant now) {
    return challenge.progress().status() == Status.PENDING
        && !challenge.lifetime().expired(now)
        && challenge.progress().guesses() < Challenge.MAX_GUESSES;
  }

  Entry started(String newAnswer) {
    Progress was = challenge.progress();
    var progress =
        new Progress(
            Status.PENDING, was.guesses(), was.lastVerdict(), was.lastRequest(), was.replacedBy());
    return new Entry(with(progress), newAnswer, claimed);
  }

  Entry approved(@Nullable String request, @Nullable Retry retry, Instant now) {
    Progress was = challenge.progress();
    return new Entry(
        with(
            new Progress(
                Status.APPROVED, was.guesses(), now, request, was.replacedBy(), kept(retry))),
        answer,
        claimed);
  }

  Entry guessed(@Nullable String request, @Nullable Retry retry, Instant now) {
    Progress was = challenge.progress();
    return new Entry(
        with(
            new Progress(
                was.status(), was.guesses() + 1, now, request, was.replacedBy(), kept(retry))),
        answer,
        claimed);
  }

  private @Nullable Retry kept(@Nullable Retry retry) {
    return retry == null ? challenge.progress().retry() : retry;
  }

  Entry canceled(@Nullable ChallengeId by, Instant now) {
    Progress was = challenge.progress();
    return new Entry(
        with(new Progress(Status.CANCELED, was.guesses(), now, was.lastRequest(), by, was.retry())),
        answer,
        claimed);
  }

  /// Taken by one call, which alone may end it.
  Entry consumed(String request) {
    Progress was = challenge.progress();
    return new Entry(
        with(
            new Progress(
                was.status(), was.guesses(), was.lastVerdict(), request, was.replacedBy())),
        answer,
        claimed);
  }

  Entry ended(Progress progress) {
    return new Entry(with(progress), answer, claimed);
  }

  Entry renewed(Dispatch dispatch, String newAnswer) {
    return new Entry(with(dispatch), newAnswer, null);
  }

  Entry dispatched(Dispatch dispatch, @Nullable Instant claimedAt) {
    return new Entry(with(dispatch), answer, claimedAt);
  }

  Entry inEpoch(long epoch) {
    return new Entry(challenge.inEpoch(epoch), answer, claimed);
  }

  private Challenge with(Progress progress) {
    return new Challenge(
        challenge.id(),
        challenge.owner(),
        challenge.approval(),
        challenge.lifetime(),
        progress,
        challenge.prompt());
  }

  private Challenge with(Dispatch dispatch) {
    return new Challenge(
        challenge.id(),
        challenge.owner(),
        challenge.approval(),
        challenge.lifetime(),
        challenge.progress(),
        dispatch);
  }
}
