package dev.stile.local;

import dev.stile.local.Invocation.Call;
import dev.stile.local.Invocation.Step;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What the functions did, each run with its calls: the newest five hundred. Follows a request from
/// queue to queue by the messages that it set off.
final class Traces {
  private static final int KEPT = 500;
  private static final int FOLLOWED = 2_000;
  private static final ThreadLocal<@Nullable Invocation> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final Feed<Step> steps = new Feed<>(KEPT);
  private final Map<String, List<String>> byMessage = new LinkedHashMap<>();

  Traces(Clock clock) {
    this.clock = clock;
  }

  Feed<Step> steps() {
    return steps;
  }

  /// The run of a function on this thread begins; closing it ends it.
  Invocation begin(String function, Occasion occasion) {
    var invocation = new Invocation(this, function, occasion, clock.instant());
    CURRENT.set(invocation);
    return invocation;
  }

  void end(LongFunction<Step> step) {
    CURRENT.remove();
    steps.add(step);
  }

  /// A function that runs on this thread made a call.
  void add(Call call) {
    Invocation invocation = CURRENT.get();
    if (invocation != null) {
      invocation.add(call);
    }
  }

  /// A function that runs on this thread is about to send a message; whoever takes it up may be
  /// faster than the answer to the sender. A body is like no other, for it has an id.
  void follow(String body) {
    Invocation invocation = CURRENT.get();
    if (invocation == null) {
      return;
    }
    synchronized (byMessage) {
      byMessage.put(body, invocation.occasion().traces());
      if (byMessage.size() > FOLLOWED) {
        byMessage.remove(byMessage.keySet().iterator().next());
      }
    }
  }

  /// The traces that a message belongs to; one of its own where nobody knows who sent it.
  List<String> ofMessage(String body) {
    synchronized (byMessage) {
      return Optional.ofNullable(byMessage.get(body))
          .orElseGet(() -> List.of(UUID.randomUUID().toString()));
    }
  }
}
