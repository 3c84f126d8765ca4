package dev.stile.message;

import dev.stile.challenge.ChallengeId;
import dev.stile.subject.Subject;
import java.time.Instant;

/// What travels in a queue. It says what to look up, not what to send: whoever forges or copies one
/// learns nothing and starts nothing that the table does not hold.
public sealed interface Message permits Message.Command, Fact {
  int VERSION = 1;

  Envelope envelope();

  Subject subject();

  /// The name on the wire.
  String type();

  /// Something to be done, sent by the function that the user waits for.
  sealed interface Command extends Message {
    ChallengeId challenge();
  }

  /// A phone or address is to be proven: enroll → challenge.
  record ChallengeRequested(Envelope envelope, Subject subject, ChallengeId challenge)
      implements Command {
    @Override
    public String type() {
      return "challenge.requested";
    }
  }

  /// A generation of a code is to be sent: challenge → delivery worker.
  record OtpDeliver(Envelope envelope, Subject subject, ChallengeId challenge, int generation)
      implements Command {
    @Override
    public String type() {
      return "otp.deliver";
    }
  }

  /// What every message carries: its own id, when it stops to matter, and the trace it belongs to.
  record Envelope(String id, Instant expires, String traceId) {}
}
