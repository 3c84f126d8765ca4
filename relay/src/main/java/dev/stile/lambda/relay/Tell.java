package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.audit.AuditTrail;
import dev.stile.message.EventTopic;
import dev.stile.message.Facts;
import dev.stile.notice.Notice;
import dev.stile.notice.Notices;
import jakarta.inject.Inject;

/// Tells everyone. A telling that broke off is told again from the start: the table keeps records
/// and notices once, and the rest goes by the id of its event.
final class Tell {
  private final AuditTrail trail;
  private final Notices notices;
  private final Facts facts;
  private final EventTopic topic;

  @Inject
  Tell(AuditTrail trail, Notices notices, Facts facts, EventTopic topic) {
    this.trail = trail;
    this.notices = notices;
    this.facts = facts;
    this.topic = topic;
  }

  void tell(Telling telling) {
    AuditRecord entry = telling.entry();
    if (entry != null) {
      trail.append(entry);
    }
    Notice notice = telling.notice();
    if (notice != null) {
      notices.announce(notice);
    }
    telling.facts().forEach(facts::send);
    topic.publish(telling.event().type(), telling.event().json());
  }
}
