package dev.stile.aws.dynamo;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import dev.stile.edge.StreamRecords;
import dev.stile.factor.Factor;
import dev.stile.factor.Failures;
import dev.stile.outbox.Change;
import dev.stile.outbox.Change.Codes;
import dev.stile.outbox.Change.Image;
import dev.stile.outbox.Change.OfFactor;
import dev.stile.outbox.Change.OfPasskeyChallenges;
import dev.stile.outbox.Change.OfRecoveryCodes;
import dev.stile.outbox.Change.Origin;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records of the stream by the same reading as the items of the table.
public final class DynamoStreamRecords implements StreamRecords {
  @Inject
  public DynamoStreamRecords() {}

  @Override
  public Optional<Change> read(DynamodbStreamRecord streamed) {
    StreamRecord written = streamed.getDynamodb();
    Map<String, AttributeValue> keys = StreamedValues.item(written.getKeys());
    String sk = Values.text(keys, "sk");
    if (isSweep(streamed) || !sk.startsWith(ItemKeys.FACTOR_PREFIX)) {
      return Optional.empty();
    }
    var origin =
        new Origin(streamed.getEventID(), written.getApproximateCreationDateTime().toInstant());
    Subject subject = ItemKeys.subject(Values.text(keys, "pk"));
    Map<String, AttributeValue> before = StreamedValues.item(written.getOldImage());
    Map<String, AttributeValue> after = StreamedValues.item(written.getNewImage());
    return Optional.ofNullable(
        switch (sk) {
          case ItemKeys.RECOVERY_CODES ->
              new OfRecoveryCodes(origin, subject, codes(before), codes(after));
          case ItemKeys.PASSKEY_CHALLENGES ->
              new OfPasskeyChallenges(
                  origin, subject, FactorItems.challenges(before), FactorItems.challenges(after));
          default ->
              ItemKeys.factor(sk)
                  .map(id -> new OfFactor(origin, subject, id, image(before), image(after)))
                  .orElse(null);
        });
  }

  /// By whom an expired item was deleted (DynamoDB Developer Guide, "Time to Live and streams").
  private static boolean isSweep(DynamodbStreamRecord streamed) {
    return streamed.getUserIdentity() != null
        && "Service".equals(streamed.getUserIdentity().getType());
  }

  /// Lambda leaves out an image that is not there, or gives an empty one.
  private static @Nullable Image image(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return null;
    }
    Factor factor = FactorItems.read(item);
    @Nullable Call call =
        item.containsKey("cl") ? new Call(Values.text(item, "cl"), Values.text(item, "req")) : null;
    return new Image(factor, FactorItems.challenges(item), call);
  }

  private static @Nullable Codes codes(Map<String, AttributeValue> item) {
    return item.isEmpty()
        ? null
        : new Codes(
            Values.moment(item, "made"),
            Values.map(item, "codes").size(),
            new Failures((int) Values.number(item, "failures", 0), Values.moment(item, "failedAt")),
            Values.optionalMoment(item, "at"));
  }
}
