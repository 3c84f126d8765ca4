package dev.stile.engines;

/// Where captured messages go. Called on the thread of the request, before it is answered: once a
/// sender has its answer the message is there. Calls may come at the same time. What it throws is
/// answered as a fault of the service.
@FunctionalInterface
public interface Outbox {
  void accept(Sent message);
}
