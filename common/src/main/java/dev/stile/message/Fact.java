package dev.stile.message;

import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.subject.Subject;
import java.time.Instant;

/// Something that has happened, taken from the table's stream. The id of its envelope is the id of
/// its event, the same however often it comes.
public sealed interface Fact extends Message {
  Instant at();

  /// It answered a challenge right: relay → enroll.
  record FactorVerified(Envelope envelope, Subject subject, FactorId factor, Instant at)
      implements Fact {
    @Override
    public String type() {
      return "factor.verified";
    }
  }

  /// Wrong guesses delay it now, or have disabled it: relay → enroll.
  record FactorLocked(Envelope envelope, Subject subject, FactorId factor, Instant at)
      implements Fact {
    @Override
    public String type() {
      return "factor.locked";
    }
  }

  /// Its guesses are used up: relay → enroll.
  record ChallengeFailed(Envelope envelope, Subject subject, ChallengeId challenge, Instant at)
      implements Fact {
    @Override
    public String type() {
      return "challenge.failed";
    }
  }

  /// The subject is to be told of a change, which the table holds under the event's id: relay →
  /// notice worker.
  record NoticeDue(Envelope envelope, Subject subject, Instant at) implements Fact {
    @Override
    public String type() {
      return "notice.due";
    }
  }
}
