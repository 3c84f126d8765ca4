package dev.stile.memory;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditTrail;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The records of each subject, in the order of their cursors.
public final class InMemoryAuditTrail implements AuditTrail {
  private static final Comparator<Cursor> NEWEST_FIRST =
      Comparator.comparing(Cursor::at).thenComparing(cursor -> cursor.id().text()).reversed();

  private final Map<Subject, NavigableMap<Cursor, AuditRecord>> trails = new HashMap<>();

  @Override
  public synchronized boolean append(AuditRecord entry) {
    return trail(entry.subject()).putIfAbsent(Cursor.behind(entry), entry) == null;
  }

  @Override
  public synchronized Page page(Subject subject, @Nullable Cursor after, int limit, Instant now) {
    NavigableMap<Cursor, AuditRecord> trail = trail(subject);
    Instant oldest = now.minus(AuditRecord.RETENTION);
    return Page.of(
        (after == null ? trail : trail.tailMap(after, false))
            .values().stream()
                .takeWhile(entry -> entry.at().isAfter(oldest))
                .limit(limit + 1L)
                .toList(),
        limit);
  }

  private NavigableMap<Cursor, AuditRecord> trail(Subject subject) {
    return trails.computeIfAbsent(subject, any -> new TreeMap<>(NEWEST_FIRST));
  }
}
