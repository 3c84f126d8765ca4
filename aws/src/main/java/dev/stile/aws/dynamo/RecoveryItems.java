package dev.stile.aws.dynamo;

import dev.stile.challenge.Redemptions.Found;
import dev.stile.factor.Failures;
import dev.stile.factor.recovery.RecoveryCodes.Remaining;
import dev.stile.subject.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A set of recovery codes as an item. `codes` maps the digest of each unused code to what its
/// redemption writes; `req` and `at` name the last guess and its moment. A guess was right exactly
/// if it leaves `failures` at 0: `codes` is then one shorter than before.
final class RecoveryItems {
  private static final AttributeValue NOTHING = Values.number(0);
  private static final AttributeValue OF_A_RIGHT_CODE =
      AttributeValue.fromM(Map.of("inc", NOTHING, "f", NOTHING, "at", NOTHING));

  private RecoveryItems() {}

  static Map<String, AttributeValue> write(Subject subject, Set<String> digests, Instant made) {
    Map<String, AttributeValue> codes = new HashMap<>();
    digests.forEach(digest -> codes.put(digest, OF_A_RIGHT_CODE));
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.recoveryCodes(subject));
    item.put("codes", AttributeValue.fromM(codes));
    item.put("made", Values.moment(made));
    item.put("failures", NOTHING);
    item.put("failedAt", NOTHING);
    return item;
  }

  static Remaining remaining(Map<String, AttributeValue> item) {
    return new Remaining(codes(item), Values.moment(item, "made"), failures(item));
  }

  static Found found(Map<String, AttributeValue> item) {
    return new Found(codes(item), failures(item), Values.optionalText(item, "req"));
  }

  private static int codes(Map<String, AttributeValue> item) {
    return Values.map(item, "codes").size();
  }

  private static Failures failures(Map<String, AttributeValue> item) {
    return new Failures((int) Values.number(item, "failures", 0), Values.moment(item, "failedAt"));
  }
}
