package dev.stile.throttle;

import dev.stile.subject.Subject;
import java.time.Instant;

/// Takes the right to send one message out of every limit at once, or out of none.
public interface SendBudget {
  Reservation reserve(Send send, SendLimits limits, Instant now);

  /// One message to be sent: on whose behalf, to which blinded destination, asked for from where.
  record Send(Subject subject, String destinationIndex, String addressPrefix) {}

  /// What came of asking.
  sealed interface Reservation {
    record Reserved() implements Reservation {}

    /// The pause between two sends to one destination is not over.
    record TooSoon(Instant until) implements Reservation {}

    /// A cap is reached.
    record Capped(Instant until) implements Reservation {}
  }
}
