package dev.stile.message;

import dev.stile.message.Messages.QueueUnavailable;

/// Hands facts on to whoever has to know them.
public interface Facts {
  /// Into the queue of its type.
  ///
  /// @throws QueueUnavailable if the queue did not take it; the message may still have arrived
  void send(Fact fact);

  /// Keeps a change that could not be read, by its place in the stream, for an operator.
  ///
  /// @throws QueueUnavailable as above
  void setAside(String eventId, String sequenceNumber);
}
