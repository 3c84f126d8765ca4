package dev.stile.outbox;

import dev.stile.challenge.Challenge;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.Failures;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one write has changed: before and after; null where it was not there. What the table swept
/// by itself is no change.
public sealed interface Change {
  Origin origin();

  Subject subject();

  /// A factor with its challenges.
  record OfFactor(
      Origin origin,
      Subject subject,
      FactorId factor,
      @Nullable Image before,
      @Nullable Image after)
      implements Change {
    public OfFactor {
      if (before == null && after == null) {
        throw new IllegalArgumentException("a change has an image");
      }
    }

    /// What is there, or was there last.
    public Image newest() {
      Image image = after == null ? before : after;
      if (image == null) {
        throw new IllegalStateException("a change has an image");
      }
      return image;
    }
  }

  /// The challenges that any of a subject's passkeys may answer.
  record OfPasskeyChallenges(
      Origin origin, Subject subject, List<Challenge> before, List<Challenge> after)
      implements Change {
    public OfPasskeyChallenges {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /// A subject's recovery codes.
  record OfRecoveryCodes(
      Origin origin, Subject subject, @Nullable Codes before, @Nullable Codes after)
      implements Change {}

  /// The record of the stream: its id, the same however often it comes, and when about it was made.
  record Origin(String eventId, Instant at) {}

  /// A factor with its challenges, and the call that proved it or tried to.
  record Image(Factor factor, List<Challenge> challenges, @Nullable Call call) {
    public Image {
      challenges = List.copyOf(challenges);
    }

    /// The language in which its owner was last written to.
    public Optional<String> locale() {
      return Challenge.newest(challenges)
          .flatMap(challenge -> Optional.ofNullable(challenge.dispatch()))
          .map(dispatch -> dispatch.locale());
    }
  }

  /// A set of recovery codes: when it was made, how many are left, the failures, and when one was
  /// last tried.
  record Codes(Instant made, int left, Failures failures, @Nullable Instant tried) {}
}
