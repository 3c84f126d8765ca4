package dev.stile.challenge;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One question to one subject. `owner` ties it to its principal and purpose.
public record Challenge(
    ChallengeId id,
    String owner,
    Approval approval,
    Lifetime lifetime,
    Progress progress,
    @Nullable Prompt prompt) {
  public static final int MAX_GUESSES = 5;

  /// How long an ended challenge stays readable, while there is room for it.
  public static final Duration READABLE = Duration.ofMinutes(10);

  /// The one of several that was opened last.
  public static Optional<Challenge> newest(Collection<Challenge> challenges) {
    return challenges.stream().max(Comparator.comparing(c -> c.lifetime().created()));
  }

  /// The status at a moment: the stored one, or what the guesses and the clock made of it.
  public Status status(Instant now) {
    if (progress.status().isTerminal()) {
      return progress.status();
    }
    if (progress.guesses() >= MAX_GUESSES) {
      return Status.FAILED;
    }
    return lifetime.expired(now) ? Status.EXPIRED : progress.status();
  }

  public boolean isLive(Instant now) {
    return !status(now).isTerminal();
  }

  /// Whether nothing but the clock can have ended it.
  public boolean isOpen() {
    return !progress.status().isTerminal() && progress.guesses() < MAX_GUESSES;
  }

  /// A passkey has one, which is used up before it is judged; nobody guesses it.
  public int attemptsLeft() {
    return prompt instanceof PasskeyPrompt
        ? (isOpen() && progress.lastRequest() == null ? 1 : 0)
        : Math.max(0, MAX_GUESSES - progress.guesses());
  }

  /// The sending of its code, where one is sent.
  public @Nullable Dispatch dispatch() {
    return prompt instanceof Dispatch dispatch ? dispatch : null;
  }

  /// When it ended, for one that is not live.
  public Instant ended() {
    Instant last = progress.lastVerdict();
    return isOpen() || last == null || last.isAfter(lifetime.expires()) ? lifetime.expires() : last;
  }

  public Challenge with(Progress changed) {
    return new Challenge(id, owner, approval, lifetime, changed, prompt);
  }

  /// What it is once its subject's epoch is past: canceled, if it was still open.
  public Challenge inEpoch(long current) {
    if (approval.epoch() >= current || progress.status().isTerminal()) {
      return this;
    }
    return with(
        new Progress(
            Status.CANCELED,
            progress.guesses(),
            progress.lastVerdict(),
            progress.lastRequest(),
            progress.replacedBy()));
  }

  /// From when to when it can be answered.
  public record Lifetime(Instant created, Instant expires) {
    public boolean expired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  /// What has happened to it. `lastRequest` names the call that wrote last, so that a call which
  /// the SDK repeated recognises its own write.
  public record Progress(
      Status status,
      int guesses,
      @Nullable Instant lastVerdict,
      @Nullable String lastRequest,
      @Nullable ChallengeId replacedBy,
      @Nullable Retry retry) {
    public Progress(
        Status status,
        int guesses,
        @Nullable Instant lastVerdict,
        @Nullable String lastRequest,
        @Nullable ChallengeId replacedBy) {
      this(status, guesses, lastVerdict, lastRequest, replacedBy, null);
    }

    public static Progress of(Status status) {
      return new Progress(status, 0, null, null, null);
    }

    /// The gateway's request that brought the last answer.
    public String requestId() {
      return lastRequest == null ? "" : Attempt.requestOf(lastRequest);
    }

    /// Approved by its first guess.
    public static Progress approvedBy(Attempt attempt) {
      return new Progress(
          Status.APPROVED, 0, attempt.now(), attempt.request(), null, attempt.retry());
    }

    /// Failed by the only guess that it takes: all are used up, which is what failed means.
    public static Progress failedBy(Attempt attempt) {
      return new Progress(
          Status.PENDING, MAX_GUESSES, attempt.now(), attempt.request(), null, attempt.retry());
    }
  }
}
