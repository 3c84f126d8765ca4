package dev.stile.aws.dynamo;

import dev.stile.challenge.Challenges;
import dev.stile.factor.Gate;
import dev.stile.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A grant that has ended, used up or revoked, as an item that may be there only once.
final class GrantItems {
  /// Kept well beyond the grant's own end, so that no clock brings it back.
  private static final Duration KEPT = Duration.ofDays(1);

  private GrantItems() {}

  static Map<String, AttributeValue> burnt(Gate.Grant gate) {
    return ended(gate.jti(), gate.expires());
  }

  static Map<String, AttributeValue> burnt(Challenges.Ticket ticket) {
    return ended(ticket.jti(), ticket.expires());
  }

  static Map<String, AttributeValue> used(Grant grant) {
    return ended(grant.id(), expires(grant));
  }

  static Map<String, AttributeValue> revoked(Grant grant) {
    Map<String, AttributeValue> item = ended(grant.id(), expires(grant));
    item.put("revoked", Values.flag(true));
    return item;
  }

  static boolean isRevoked(Map<String, AttributeValue> item) {
    return item.containsKey("revoked");
  }

  private static Instant expires(Grant grant) {
    return grant.issued().plus(grant.lifetime());
  }

  private static Map<String, AttributeValue> ended(String jti, Instant expires) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.grant(jti));
    item.put(StileTable.TTL, Values.number(expires.plus(KEPT).getEpochSecond()));
    return item;
  }
}
