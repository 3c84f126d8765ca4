package dev.stile.model;

import dev.stile.challenge.Dispatch.Delivery;
import dev.stile.challenge.Status;
import dev.stile.model.Operations.Who;
import dev.stile.model.Seen.ChallengeSeen;
import dev.stile.model.Seen.Sending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A challenge of the model.
final class ModelChallenge {
  static final int GUESSES = 5;

  final Who owner;
  final Instant expires;
  final boolean proves;
  Status stored = Status.PENDING;
  int guesses;
  @Nullable Instant end;
  @Nullable String replacedBy;
  @Nullable Sending sending;
  @Nullable Instant claimed;
  @Nullable ModelChain chain;

  /// `proves` is whether it proves a factor, rather than approves an action.
  ModelChallenge(Who owner, Instant expires, boolean proves) {
    this.owner = owner;
    this.expires = expires;
    this.proves = proves;
  }

  boolean expired(Instant now) {
    return now.compareTo(expires) >= 0;
  }

  boolean answered() {
    return stored == Status.APPROVED || stored == Status.CANCELED;
  }

  Status status(Instant now) {
    if (answered()) {
      return stored;
    }
    if (guesses == GUESSES) {
      return Status.FAILED;
    }
    return expired(now) ? Status.EXPIRED : stored;
  }

  boolean isLive(Instant now) {
    return status(now) == Status.REQUESTED || status(now) == Status.PENDING;
  }

  boolean isPending(Instant now) {
    return status(now) == Status.PENDING;
  }

  Instant ended() {
    return end != null && (answered() || guesses == GUESSES) ? end : expires;
  }

  void finish(Status how, Instant now) {
    stored = how;
    end = now;
  }

  /// How many guesses are left after this wrong one.
  int guess(Instant now) {
    guesses++;
    end = now;
    return GUESSES - guesses;
  }

  void send(Delivery delivery, @Nullable String reason, @Nullable Instant claim) {
    if (sending != null) {
      sending = new Sending(sending.generation(), delivery, sending.requested(), reason);
      claimed = claim;
    }
  }

  ChallengeSeen seen(Instant now) {
    return new ChallengeSeen(
        status(now), GUESSES - guesses, isLive(now) ? null : ended(), replacedBy, sending);
  }
}
