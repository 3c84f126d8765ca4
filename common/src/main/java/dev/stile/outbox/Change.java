package dev.stile.outbox;

import dev.stile.challenge.Challenge;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One factor before and after one write; null where it was not there. What the table swept by
/// itself is no change.
public record Change(
    Origin origin,
    Subject subject,
    FactorId factor,
    @Nullable Image before,
    @Nullable Image after) {
  public Change {
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

  /// The record of the stream: its id, the same however often it comes, and when about it was made.
  public record Origin(String eventId, Instant at) {}

  /// A factor with its challenges, and the call that proved it or tried to.
  public record Image(Factor factor, List<Challenge> challenges, @Nullable Call call) {
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
}
