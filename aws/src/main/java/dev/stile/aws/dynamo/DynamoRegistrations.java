package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Activations.Activation;
import dev.stile.challenge.Registrations;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import dev.stile.factor.Gate;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Registrations: one `UpdateItem` takes the challenge; the factor, the profile, the grant and the
/// ownership of the credential are one transaction.
public final class DynamoRegistrations implements Registrations {
  private static final String PENDING = "#st = :pending AND #lapses > :now";

  private final StileTable table;

  @Inject
  public DynamoRegistrations(StileTable table) {
    this.table = table;
  }

  @Override
  public Taking take(Answer answer) {
    return table.update(
        new Change(
            ItemKeys.factor(answer.subject(), answer.factor()),
            PENDING + " AND #own = :own AND attribute_not_exists(#usedBy)",
            "SET #usedBy = :req",
            expression(answer).text(":own", answer.owner())),
        item -> taken(FactorItems.read(item)),
        item -> Registrations.explain(answer, found(item)));
  }

  private static Taking taken(Factor factor) {
    if (factor.credential() instanceof PendingPasskey pending) {
      return new Taking.Taken(factor, pending);
    }
    throw new IllegalStateException("only a pending passkey has an owner");
  }

  @Override
  public Activation activate(Answer answer, Registered registered, Gate gate) {
    Passkey passkey = registered.passkey();
    var items =
        Admissions.of(
            table, answer.subject(), gate, table.updating(activation(answer, registered, gate)));
    items.add(table.putting(owner(answer.subject(), answer.factor(), passkey)));
    int last = items.size() - 1;
    return table.transact(
        Activation.Activated::new,
        refusal -> {
          if (refusal.index() == last) {
            return new Activation.Exists();
          }
          return switch (refusal.index()) {
            case 0 -> Registrations.explain(answer, found(refusal.found()), passkey);
            case 1 -> new Activation.GrantNeeded();
            default -> new Activation.GrantConsumed();
          };
        },
        items.toArray(TransactWriteItem[]::new));
  }

  private static Change activation(Answer answer, Registered registered, Gate gate) {
    Expression expression =
        expression(answer)
            .text(":active", FactorItems.state(FactorState.ACTIVE))
            .text(":label", registered.label());
    var update = new StringBuilder("SET #st = :active, #label = :label, #usedAt = :now");
    PasskeyItems.write(registered.passkey())
        .forEach((name, value) -> {
          expression.value(":" + name, value);
          update.append(", #%1$s = :%1$s".formatted(name));
        });
    Instant cappedUntil = Admissions.cappedUntil(gate, answer.now());
    if (cappedUntil != null) {
      expression.moment(":capped", cappedUntil);
      update.append(", #capped = :capped");
    }
    update.append(" REMOVE #lapses, #ttl, ").append(PasskeyItems.OF_REGISTRATION);
    return new Change(
        ItemKeys.factor(answer.subject(), answer.factor()),
        PENDING + " AND #usedBy = :req",
        update.toString(),
        expression);
  }

  private static Map<String, AttributeValue> owner(
      Subject subject, FactorId factor, Passkey passkey) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKeys.credential(passkey));
    item.put("user", Values.text(ItemKeys.partition(subject)));
    item.put("factor", Values.text(factor.text()));
    return item;
  }

  private static Expression expression(Answer answer) {
    return new Expression()
        .text(":pending", FactorItems.state(FactorState.PENDING))
        .text(":req", answer.request())
        .moment(":now", answer.now());
  }

  private static @Nullable Factor found(Map<String, AttributeValue> item) {
    return item.isEmpty() ? null : FactorItems.read(item);
  }
}
