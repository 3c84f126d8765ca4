package dev.stile.notice;

import dev.stile.audit.EventId;
import dev.stile.factor.FactorId;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store of notices. A queue's message names one and nothing more, so that a forged one sends
/// nothing (A31).
public interface Notices {
  /// Keeps a notice; false where it is there already.
  boolean announce(Notice notice);

  Optional<Notice> find(Subject subject, EventId id);

  /// The verified destinations of a subject.
  List<Addressee> addressees(Subject subject);

  /// Claims the sending to one destination: not sent, and nobody else's claim.
  boolean claim(Notice notice, FactorId to, Instant now);

  /// The carrier has taken it, or never will.
  void settle(Notice notice, FactorId to);

  /// Gives up a claim, so that it can be tried again at once.
  void release(Notice notice, FactorId to);
}
