package dev.stile.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what was sent, in order.
final class Inbox implements Outbox {
  private final List<Sent> messages = new CopyOnWriteArrayList<>();

  @Override
  public void accept(Sent message) {
    messages.add(message);
  }

  List<Sent> messages() {
    return new ArrayList<>(messages);
  }
}
