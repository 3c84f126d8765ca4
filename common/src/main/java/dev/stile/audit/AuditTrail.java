package dev.stile.audit;

import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What happened to subjects, append-only. A record that is appended again changes nothing.
public interface AuditTrail {
  int MAX_PAGE = 100;

  /// False where a record of this id is there already.
  boolean append(AuditRecord entry);

  /// One subject's records, newest first, from behind the cursor on; the first ones where it is
  /// null. At most `limit`, and none that is older than its retention.
  Page page(Subject subject, @Nullable Cursor after, int limit, Instant now);

  /// `next` is null where no more may follow.
  record Page(List<AuditRecord> records, @Nullable Cursor next) {
    public Page {
      records = List.copyOf(records);
    }

    /// A page out of one record more than it may hold, where there is one.
    public static Page of(List<AuditRecord> found, int limit) {
      if (found.size() <= limit) {
        return new Page(found, null);
      }
      List<AuditRecord> shown = found.subList(0, limit);
      return new Page(shown, Cursor.behind(shown.getLast()));
    }
  }

  /// A place between two records, as a text that callers hand back.
  record Cursor(Instant at, EventId id) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\.(\\w+)");

    public static Cursor behind(AuditRecord entry) {
      return new Cursor(entry.at(), entry.id());
    }

    /// @throws IllegalArgumentException unless it was made by `text`
    public static Cursor of(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a cursor of this list");
      }
      Instant at = Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
      return new Cursor(at, new EventId(matcher.group(2)));
    }

    public String text() {
      return at.toEpochMilli() + "." + id.text();
    }
  }
}
