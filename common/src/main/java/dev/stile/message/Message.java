package dev.stile.message;

import dev.stile.challenge.ChallengeId;
import dev.stile.subject.Subject;
import java.time.Instant;

/// A command in a queue. It says what to look up, not what to send: whoever forges or copies one
/// learns nothing and starts nothing that the table does not hold.
public sealed interface Message {
  int VERSION = 1;

  Envelope envelope();

  Subject subject();

  ChallengeId challenge();

  /// The name on the wire.
  String type();

  /// A phone or address is to be proven: enroll → challenge.
  record ChallengeRequested(Envelope envelope, Subject subject, ChallengeId challenge)
      implements Message {
    @Override
    public String type() {
      return "challenge.requested";
    }
  }

  /// A generation of a code is to be sent: challenge → delivery worker.
  record OtpDeliver(Envelope envelope, Subject subject, ChallengeId challenge, int generation)
      implements Message {
    @Override
    public String type() {
      return "otp.deliver";
    }
  }

  /// What every message carries: its own id, when it stops to matter, and the trace it belongs to.
  record Envelope(String id, Instant expires, String traceId) {}
}
