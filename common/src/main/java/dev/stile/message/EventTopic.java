package dev.stile.message;

/// Where events go for whoever has subscribed.
public interface EventTopic {
  /// Publishes one event in its JSON form; its type besides, so that subscribers can filter.
  ///
  /// @throws TopicUnavailable if the topic did not take it; it may still have gone out
  void publish(String type, String json);

  /// The topic did not answer or refused.
  final class TopicUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
