package dev.stile.aws.dynamo;

import dev.stile.factor.Account;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import dev.stile.factor.Factors;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A subject's profile and factors: one partition, read in one query.
public final class DynamoFactors implements Factors {
  private final StileTable table;

  @Inject
  public DynamoFactors(StileTable table) {
    this.table = table;
  }

  @Override
  public Account account(Subject subject) {
    Map<String, AttributeValue> profile = Map.of();
    List<Factor> factors = new ArrayList<>();
    @Nullable Factor decoy = null;
    for (Map<String, AttributeValue> item : table.partition(ItemKeys.partition(subject))) {
      String sortKey = Values.text(item, "sk");
      if (sortKey.equals(ItemKeys.PROFILE)) {
        profile = item;
      } else if (ItemKeys.factor(sortKey).isPresent()) {
        Factor factor = FactorItems.read(item);
        if (factor.isDecoy()) {
          decoy = factor;
        } else {
          factors.add(factor);
        }
      }
    }
    return new Account(
        profile.containsKey("ever"),
        preferred(profile, factors),
        Values.number(profile, "epoch", 0),
        factors,
        decoy);
  }

  /// The preferred factor may have been removed since.
  private static @Nullable FactorId preferred(
      Map<String, AttributeValue> profile, List<Factor> factors) {
    String preferred = Values.optionalText(profile, "pref");
    return factors.stream()
        .map(Factor::id)
        .filter(id -> id.text().equals(preferred))
        .findFirst()
        .orElse(null);
  }

  @Override
  public Optional<Factor> find(Subject subject, FactorId id) {
    return table.read(ItemKeys.factor(subject, id)).map(FactorItems::read);
  }

  @Override
  public Change add(Subject subject, Factor pending, Gate gate) {
    var check =
        switch (gate) {
          case Gate.FirstFactor first ->
              table.checking(
                  ItemKeys.profile(subject), "attribute_not_exists(#ever)", new Expression());
          case Gate.Grant granted ->
              table.checking(
                  ItemKeys.grant(granted.jti()), "attribute_not_exists(#pk)", new Expression());
        };
    return table.transact(
        () -> Change.DONE,
        refusal -> gate instanceof Gate.FirstFactor ? Change.GRANT_NEEDED : Change.GRANT_CONSUMED,
        check,
        table.putting(FactorItems.write(subject, pending)));
  }

  @Override
  public boolean rename(Subject subject, FactorId id, String label) {
    return table.update(
        new StileTable.Change(
            ItemKeys.factor(subject, id),
            "attribute_exists(#pk)",
            "SET #label = :label",
            new Expression().text(":label", label)));
  }

  @Override
  public boolean prefer(Subject subject, FactorId id) {
    return table.transact(
        () -> true,
        refusal -> false,
        table.checking(ItemKeys.factor(subject, id), "#st = :active", active()),
        table.updating(
            new StileTable.Change(
                ItemKeys.profile(subject),
                "attribute_exists(#ever)",
                "SET #pref = :id",
                new Expression().text(":id", id.text()))));
  }

  @Override
  public Change remove(Subject subject, FactorId id, Gate.Granted gate, Instant now) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(table.putting(GrantItems.burnt(gate)));
    items.add(table.deleting(ItemKeys.factor(subject, id), "#st = :active", active()));
    items.add(
        table.updating(
            new StileTable.Change(
                ItemKeys.profile(subject),
                "#active > :one",
                "SET #active = #active - :one",
                new Expression().number(":one", 1))));
    // A credential never changes, so that what was read still holds at the write.
    find(subject, id)
        .filter(factor -> factor.credential() instanceof Passkey)
        .ifPresent(factor -> items.add(freeing((Passkey) factor.credential(), id)));
    return table.transact(
        () -> Change.DONE,
        refusal ->
            switch (refusal.index()) {
              case 0 -> Change.GRANT_CONSUMED;
              case 2 -> Change.LAST_FACTOR;
              default -> Change.GONE;
            },
        items.toArray(TransactWriteItem[]::new));
  }

  /// Whoever has the authenticator may register the credential again.
  private TransactWriteItem freeing(Passkey passkey, FactorId id) {
    return table.deleting(
        ItemKeys.credential(passkey), "#factor = :id", new Expression().text(":id", id.text()));
  }

  @Override
  public boolean noteUse(Subject subject, FactorId id, Instant at) {
    return table.update(
        new StileTable.Change(
            ItemKeys.factor(subject, id),
            "#st = :active AND (attribute_not_exists(#usedAt) OR #usedAt < :at)",
            "SET #usedAt = :at",
            active().moment(":at", at)));
  }

  @Override
  public boolean abandon(Subject subject, FactorId id) {
    // A transaction, though of one: it knows a repeated call, where a deleted item could not.
    return table.transact(
        () -> true,
        refusal -> false,
        table.deleting(
            ItemKeys.factor(subject, id),
            "#st = :pending",
            new Expression().text(":pending", FactorItems.state(FactorState.PENDING))));
  }

  private static Expression active() {
    return new Expression().text(":active", FactorItems.state(FactorState.ACTIVE));
  }
}
