package dev.stile.memory;

import dev.stile.audit.AuditTrail;
import dev.stile.audit.AuditTrailContract;

class InMemoryAuditTrailTest extends AuditTrailContract {
  private final AuditTrail trail = new InMemoryAuditTrail();

  @Override
  protected AuditTrail trail() {
    return trail;
  }
}
