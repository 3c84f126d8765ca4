package dev.stile.message;

/// Hands a command to the queue of its type.
public interface Messages {
  /// @throws QueueUnavailable if the queue did not take it; the message may still have arrived
  void send(Message.Command message);

  /// The queue did not answer or refused.
  final class QueueUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
