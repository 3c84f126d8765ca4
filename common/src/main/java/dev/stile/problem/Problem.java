package dev.stile.problem;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One error as the API tells it. `members` are extensions (RFC 9457 §3.2), in order.
public record Problem(ProblemCode code, String detail, Map<String, Object> members) {
  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, Map.of());
  }

  public static Problem of(ProblemCode code) {
    return of(code, code.title() + ".");
  }

  public static Problem invalid(String pointer, String detail) {
    return of(ProblemCode.INVALID_REQUEST, detail).with("pointer", pointer);
  }

  /// `retry_at` is told in the body and, as `Retry-After`, in a header.
  public Problem retryAt(Instant moment) {
    return moment.equals(Instant.MAX) ? this : with("retry_at", moment);
  }

  public Problem with(String member, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(code, detail, more);
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }
}
