package dev.stile.aws.dynamo;

import dev.stile.token.Possession;
import dev.stile.token.UsedProofs;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item for each proof, put if it is absent. A put that the SDK repeats after its answer was
/// lost finds its own item and is told that it came second: the client makes another proof.
public final class DynamoUsedProofs implements UsedProofs {
  private static final Duration KEPT = Duration.ofHours(1);

  private final StileTable table;

  @Inject
  public DynamoUsedProofs(StileTable table) {
    this.table = table;
  }

  @Override
  public boolean use(Possession possession) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.proof(possession.proof()));
    long end = possession.goodUntil().plus(KEPT).getEpochSecond();
    item.put(StileTable.TTL, Values.number(end));
    return table.putIfAbsent(item);
  }
}
