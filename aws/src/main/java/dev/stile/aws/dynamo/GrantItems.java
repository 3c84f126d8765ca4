package dev.stile.aws.dynamo;

import dev.stile.factor.Gate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A grant that was burnt, as an item that may be there only once.
final class GrantItems {
  /// Kept well beyond the grant's own end, so that no clock brings it back.
  private static final Duration KEPT = Duration.ofDays(1);

  private GrantItems() {}

  static Map<String, AttributeValue> burnt(Gate.Grant gate) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.grant(gate.jti()));
    item.put(StileTable.TTL, Values.number(gate.expires().plus(KEPT).getEpochSecond()));
    return item;
  }
}
