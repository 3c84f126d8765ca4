package dev.stile.local;

import dev.stile.engines.Outbox;
import dev.stile.engines.Sent;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What users would have received: the newest ten thousand.
final class Inbox implements Outbox {
  private static final int KEPT = 10_000;
  private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{6,8}(?!\\d)");

  private final Clock clock;
  private final Feed<Message> messages = new Feed<>(KEPT);
  private final Feed<Event> events = new Feed<>(KEPT);

  Inbox(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void accept(Sent sent) {
    switch (sent) {
      case Sent.Sms sms -> add("sms", sms.to(), null, sms.body());
      case Sent.Email email ->
          add("email", email.to(), email.subject(), email.text() == null ? "" : email.text());
      case Sent.Published published -> events.add(number -> new Event(number, published));
    }
  }

  /// What subscribers of the topic would have received, oldest first.
  List<Sent.Published> events() {
    return events.after(0).stream().map(Event::published).toList();
  }

  private void add(String channel, String to, @Nullable String subject, String body) {
    String kind = CODE.matcher(body).find() ? "otp" : "notice";
    messages.add(number -> new Message(number, channel, kind, to, subject, body, clock.instant()));
  }

  Feed<Message> messages() {
    return messages;
  }

  /// Those to this destination, or to any where it is empty, that came after this number.
  List<Message> after(long number, String to) {
    return messages.after(number).stream()
        .filter(message -> to.isEmpty() || to.equals(message.to()))
        .toList();
  }

  /// One event as subscribers received it.
  private record Event(long number, Sent.Published published) implements Feed.Entry {
    @Override
    public Map<String, Object> view() {
      return Map.of("id", "evt_" + number, "event", published.message());
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
      Instant at)
      implements Feed.Entry {
    @Override
    public Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", "msg_" + number);
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
