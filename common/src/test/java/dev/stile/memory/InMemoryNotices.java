package dev.stile.memory;

import dev.stile.audit.EventId;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Dispatch;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.FactorId;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.notice.Notices;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Notices beside the table in memory.
public final class InMemoryNotices implements Notices {
  private final InMemoryStore table;
  private final Map<EventId, Notice> notices = new HashMap<>();
  private final Map<Sending, Instant> claims = new HashMap<>();

  public InMemoryNotices(InMemoryStore table) {
    this.table = table;
  }

  @Override
  public boolean announce(Notice notice) {
    return table.atomically(() -> notices.putIfAbsent(notice.id(), notice) == null);
  }

  @Override
  public Optional<Notice> find(Subject subject, EventId id) {
    return table.atomically(() ->
        Optional.ofNullable(notices.get(id)).filter(notice -> notice.subject().equals(subject)));
  }

  @Override
  public List<Addressee> addressees(Subject subject) {
    return table.atomically(() ->
        table.profile(subject).items.values().stream()
            .filter(item -> item.factor().isActive())
            .filter(item -> item.factor().credential() instanceof Destination)
            .map(InMemoryNotices::addressee)
            .toList());
  }

  private static Addressee addressee(FactorItem item) {
    return new Addressee(
        item.factor().id(),
        (Destination) item.factor().credential(),
        Challenge.newest(item.challenges())
            .map(Challenge::dispatch)
            .map(Dispatch::locale)
            .orElse(null));
  }

  @Override
  public boolean claim(Notice notice, FactorId to, Instant now) {
    return table.atomically(() -> {
      var sending = new Sending(notice.id(), to);
      Instant held = claims.getOrDefault(sending, Instant.MIN);
      boolean free = notices.containsKey(notice.id()) && !held.isAfter(now);
      if (free) {
        claims.put(sending, now.plus(Notice.CLAIM));
      }
      return free;
    });
  }

  @Override
  public void settle(Notice notice, FactorId to) {
    table.atomically(() -> claims.put(new Sending(notice.id(), to), Instant.MAX));
  }

  @Override
  public void release(Notice notice, FactorId to) {
    table.atomically(() -> claims.remove(new Sending(notice.id(), to)));
  }

  private record Sending(EventId notice, FactorId to) {}
}
