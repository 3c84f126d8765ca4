package dev.stile.engines;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The faults that the next calls meet. Actions are named as in IAM: `sns:Publish`,
/// `ses:SendEmail`, `kms:Decrypt`.
public final class Faults {
  private final Map<String, Queue<Fault>> ahead = new ConcurrentHashMap<>();

  Faults() {}

  /// The next `calls` of the action meet the fault, after those that were planned before.
  public void plan(String action, int calls, Fault fault) {
    var planned = ahead.computeIfAbsent(action, any -> new ConcurrentLinkedQueue<>());
    for (int call = 0; call < calls; call++) {
      planned.add(fault);
    }
  }

  /// Nothing goes wrong any more.
  public void clear() {
    ahead.clear();
  }

  Optional<Fault> next(String action) {
    return Optional.ofNullable(ahead.get(action)).map(Queue::poll);
  }
}
