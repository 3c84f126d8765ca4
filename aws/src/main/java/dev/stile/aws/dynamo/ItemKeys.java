package dev.stile.aws.dynamo;

import dev.stile.factor.FactorId;
import dev.stile.subject.Subject;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The keys of the table's items. All begin with their tenant or with what belongs to none.
final class ItemKeys {
  static final String PROFILE = "PROFILE";
  static final String FACTOR_PREFIX = "F#";

  private ItemKeys() {}

  static String partition(Subject subject) {
    return "T#" + subject.tenant().id() + "#U#" + subject.id();
  }

  static Map<String, AttributeValue> profile(Subject subject) {
    return key(partition(subject), PROFILE);
  }

  static Map<String, AttributeValue> factor(Subject subject, FactorId id) {
    return key(partition(subject), FACTOR_PREFIX + id.text());
  }

  static Map<String, AttributeValue> recoveryCodes(Subject subject) {
    return key(partition(subject), FACTOR_PREFIX + "RC");
  }

  /// The partition of a subject's audit records.
  static String audit(Subject subject) {
    return "A#" + partition(subject);
  }

  static Map<String, AttributeValue> grant(String jti) {
    return key("S#" + jti, "GRANT");
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", Values.text(pk), "sk", Values.text(sk));
  }
}
