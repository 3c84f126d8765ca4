package dev.stile.local;

import dev.stile.engines.Outbox;
import dev.stile.engines.Sent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What users would have received, oldest first, and whoever waits for more. The oldest go when
/// there are more than ten thousand.
final class Inbox implements Outbox {
  private static final int KEPT = 10_000;
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");

  private final Clock clock;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final Deque<Sent.Published> events = new ArrayDeque<>();
  private final Lock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private long last;

  Inbox(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void accept(Sent sent) {
    switch (sent) {
      case Sent.Sms sms -> add("sms", sms.to(), null, sms.body());
      case Sent.Email email ->
          add("email", email.to(), email.subject(), email.text() == null ? "" : email.text());
      case Sent.Published event -> publish(event);
    }
  }

  private void publish(Sent.Published event) {
    lock.lock();
    try {
      events.add(event);
      if (events.size() > KEPT) {
        events.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /// What subscribers of the topic would have received, oldest first.
  List<Sent.Published> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  private void add(String channel, String to, @Nullable String subject, String body) {
    String kind = CODE.matcher(body).find() ? "otp" : "notice";
    lock.lock();
    try {
      messages.add(new Message(++last, channel, kind, to, subject, body, clock.instant()));
      if (messages.size() > KEPT) {
        messages.removeFirst();
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Those to this destination, or to any where it is empty, that came after this number.
  List<Message> after(long number, String to) {
    lock.lock();
    try {
      return messages.stream()
          .filter(message -> message.number() > number)
          .filter(message -> to.isEmpty() || to.equals(message.to()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// The same, waiting a while for one to come.
  List<Message> await(long number, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (last <= number && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return after(number, "");
    } finally {
      lock.unlock();
    }
  }

  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// One message as someone received it.
  record Message(
      long number,
      String channel,
      String kind,
      String to,
      @Nullable String subject,
      String body,
      Instant at) {
    private static final String PREFIX = "msg_";

    /// The number in an id, 0 where there is none.
    static long number(String id) {
      try {
        return id.startsWith(PREFIX) ? Long.parseLong(id.substring(PREFIX.length())) : 0;
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", PREFIX + number);
      view.put("channel", channel);
      view.put("kind", kind);
      view.put("to", to);
      if (subject != null) {
        view.put("subject", subject);
      }
      view.put("body", body);
      view.put("at", at);
      return view;
    }
  }
}
