package dev.stile.local;

import dev.stile.local.Invocation.Call;
import dev.stile.local.Invocation.Step;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What the functions did, each run with its calls: the newest five hundred. Follows a request by
/// the messages that it set off and by the items that it changed, whose changes come out of the
/// stream.
final class Traces {
  private static final int KEPT = 500;
  private static final int FOLLOWED = 2_000;
  private static final ThreadLocal<@Nullable Invocation> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final Feed<Step> steps = new Feed<>(KEPT);
  private final Map<String, List<String>> followed = new LinkedHashMap<>();

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
    end();
    steps.add(step);
  }

  void end() {
    CURRENT.remove();
  }

  /// A function that runs on this thread made a call.
  void add(Call call) {
    Invocation invocation = CURRENT.get();
    if (invocation != null) {
      invocation.add(call);
    }
  }

  /// A function that runs on this thread is about to send a message or to change an item; whoever
  /// takes it up may be faster than the answer to this one. A message is known by its body, which
  /// is like no other, for it has an id.
  void follow(String messageOrItem) {
    Invocation invocation = CURRENT.get();
    if (invocation == null) {
      return;
    }
    synchronized (followed) {
      followed.remove(messageOrItem);
      followed.put(messageOrItem, invocation.occasion().traces());
      if (followed.size() > FOLLOWED) {
        followed.remove(followed.keySet().iterator().next());
      }
    }
  }

  /// The traces that a message belongs to; one of its own where nobody knows who sent it.
  List<String> ofMessage(String body) {
    List<String> known = ofItem(body);
    return known.isEmpty() ? List.of(UUID.randomUUID().toString()) : known;
  }

  /// The traces of whoever changed an item last.
  List<String> ofItem(String item) {
    synchronized (followed) {
      return followed.getOrDefault(item, List.of());
    }
  }

  static String item(String partition, String sort) {
    return partition + "\n" + sort;
  }
}
