package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Redemptions;
import jakarta.inject.Inject;

/// The verdict on a recovery code, one `UpdateItem` that counts, compares and redeems.
public final class DynamoRedemptions implements Redemptions {
  private static final String CONDITION =
      "size(#codes) > :zero AND "
          + Guesses.FACTOR
          + " AND (attribute_not_exists(#req) OR #req <> :req)";

  /// A right digest finds its entry, takes every value from there and goes with it; a wrong one
  /// finds none, takes the defaults and removes nothing.
  private static final String REDEEM =
      """
      SET #failures = if_not_exists(#codes.#g.#f, #failures)
                    + if_not_exists(#codes.#g.#inc, :one),
          #failedAt = if_not_exists(#codes.#g.#at, :now),
          #req = :req, #at = :now
      REMOVE #codes.#g
      """;

  private final StileTable table;

  @Inject
  public DynamoRedemptions(StileTable table) {
    this.table = table;
  }

  @Override
  public Redemption redeem(Presentation presentation, String digest) {
    var expression =
        Guesses.factor(new Expression(), presentation.now())
            .name("#g", digest)
            .number(":zero", 0)
            .number(":one", 1)
            .moment(":now", presentation.now())
            .text(":req", presentation.id());
    var key = ItemKeys.recoveryCodes(presentation.subject());
    return table.update(
        new Change(key, CONDITION, REDEEM, expression),
        item -> Redemptions.outcome(presentation, RecoveryItems.found(item)),
        item ->
            Redemptions.explain(presentation, item.isEmpty() ? null : RecoveryItems.found(item)));
  }
}
