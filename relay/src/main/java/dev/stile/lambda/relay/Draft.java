package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditRecord.About;
import dev.stile.audit.AuditRecord.What;
import dev.stile.audit.EventId;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.FactorId;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transition that is being described.
final class Draft {
  private final Transition.Type type;
  private final Instant at;
  private final Map<String, Object> details = new LinkedHashMap<>();
  private @Nullable String reason;
  private @Nullable Call call;
  private String which = "";

  private Draft(Transition.Type type, Instant at) {
    this.type = type;
    this.at = at;
  }

  static Draft of(Transition.Type type, Instant at) {
    return new Draft(type, at);
  }

  Draft because(@Nullable String word) {
    reason = word;
    return this;
  }

  Draft by(@Nullable Call caller) {
    call = caller;
    return this;
  }

  /// What tells it from the same transition at another time, for one that can come again.
  Draft which(Object time) {
    which = time.toString();
    return this;
  }

  Draft with(String name, Object detail) {
    details.put(name, detail);
    return this;
  }

  /// Its id is made of what the items hold, so that the same transition has the same id however
  /// often, and from whatever copy of the table, it comes.
  Transition of(Subject subject, About about) {
    FactorId factor = about.factor();
    ChallengeId challenge = about.challenge();
    EventId id =
        EventId.of(
            subject.tenant().id(),
            subject.id(),
            factor == null ? "" : factor.text(),
            challenge == null ? "" : challenge.text(),
            type.wire(),
            which);
    var what = new What(type.wire(), type.outcome(), reason);
    return new Transition(type, new AuditRecord(id, at, subject, what, about, call), details);
  }
}
