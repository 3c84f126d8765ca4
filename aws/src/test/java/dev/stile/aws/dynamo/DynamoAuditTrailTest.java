package dev.stile.aws.dynamo;

import dev.stile.audit.AuditTrail;
import dev.stile.audit.AuditTrailContract;

class DynamoAuditTrailTest extends AuditTrailContract {
  @Override
  protected AuditTrail trail() {
    return new DynamoAuditTrail(DynamoLocal.shared());
  }
}
