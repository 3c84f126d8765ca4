package dev.stile.aws.kms;

import dev.stile.subject.Tenant;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The public halves of the signing keys, read without any right at KMS. A reading is kept for a
/// minute, unless it is empty: where nothing was signed yet, the first key may come at any moment.
public final class DynamoPublishedKeys implements PublishedKeys {
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final SigningItems items;
  private final Clock clock;
  private volatile @Nullable Reading last;

  @Inject
  public DynamoPublishedKeys(DynamoDbClient client, KeyTable table, Tenant tenant, Clock clock) {
    this.items = new SigningItems(client, table, tenant);
    this.clock = clock;
  }

  @Override
  public List<PublishedKey> all() {
    Instant now = clock.instant();
    Reading reading = last;
    if (reading == null || !reading.isFreshAt(now)) {
      reading = new Reading(items.published(), now);
      last = reading;
    }
    return reading.keys();
  }

  private record Reading(List<PublishedKey> keys, Instant at) {
    boolean isFreshAt(Instant now) {
      return !keys.isEmpty() && !now.isBefore(at) && now.isBefore(at.plus(KEPT));
    }
  }
}
