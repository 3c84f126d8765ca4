package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Challenge;
import dev.stile.factor.Factor;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Decoys as items like those of factors. One is made by the write of its first challenge, so that
/// opening takes the same calls as on a factor that is there.
final class DecoyItems {
  /// How long after its last challenge a decoy is remembered.
  private static final Duration KEPT = Duration.ofDays(90);

  private DecoyItems() {}

  static Change making(Subject subject, Factor decoy, Challenge first, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>(FactorItems.write(subject, decoy));
    item.keySet().removeAll(ItemKeys.factor(subject, decoy.id()).keySet());
    item.put(
        "ch", AttributeValue.fromM(Map.of(first.id().text(), ChallengeEntries.write(first, null))));
    item.put("cv", Values.number(1));
    item.put(StileTable.TTL, sweptAt(now));
    var expression = new Expression();
    List<String> sets = new ArrayList<>();
    item.forEach((name, value) -> {
      expression.value(":" + name, value);
      sets.add("#%1$s = :%1$s".formatted(name));
    });
    return new Change(
        ItemKeys.factor(subject, decoy.id()),
        "attribute_not_exists(#pk)",
        "SET " + String.join(", ", sets),
        expression);
  }

  static AttributeValue sweptAt(Instant now) {
    return Values.number(now.plus(KEPT).getEpochSecond());
  }
}
