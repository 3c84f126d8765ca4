package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Assertions;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Reason;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Verdicts over assertions: one `UpdateItem` consumes the challenge, one transaction ends it
/// together with the counter of its credential.
public final class DynamoAssertions implements Assertions {
  private static final String UNUSED = Guesses.CHALLENGE + " AND attribute_not_exists(#ch.#c.#req)";
  private static final String CONSUMED = Guesses.CHALLENGE + " AND #ch.#c.#req = :req";
  private static final String CONSUME = "SET #ch.#c.#req = :req";
  private static final String APPROVE = "SET #ch.#c.#st = :approved, #ch.#c.#end = :now";

  /// All guesses used up, which is what failed means.
  private static final String FAIL = "SET #ch.#c.#n = :guesses, #ch.#c.#end = :now";

  private final StileTable table;

  @Inject
  public DynamoAssertions(StileTable table) {
    this.table = table;
  }

  @Override
  public Consumption consume(Attempt attempt) {
    return table.update(
        ofChallenge(attempt, UNUSED, CONSUME, expression(attempt)),
        item -> new Consumption.Consumed(challenge(attempt, item).orElseThrow()),
        item ->
            challenge(attempt, item)
                .map(found -> Assertions.explain(attempt, found))
                .orElse(new Consumption.Refused(Reason.UNKNOWN)));
  }

  @Override
  public Verification approve(Attempt attempt, Challenge consumed, Factor judged, PasskeyUse use) {
    if (!(judged.credential() instanceof Passkey passkey)) {
      throw new IllegalArgumentException("only a passkey answers by an assertion");
    }
    Expression approved = expression(attempt).text(":approved", Status.APPROVED.wire());
    Factor moved = judged.usedAt(attempt.now(), passkey.after(use));
    return table.transact(
        () -> new Verification.Verified(consumed.with(Progress.approvedBy(attempt)), moved),
        refusal ->
            refusal.index() == 0
                ? explained(attempt, refusal.found(), moved)
                : overtaken(refusal.found()),
        table.updating(ended(attempt, APPROVE, approved)),
        table.updating(use(attempt, judged.id(), passkey, use)));
  }

  private static Verification explained(
      Attempt attempt, Map<String, AttributeValue> found, Factor moved) {
    return challenge(attempt, found)
        .map(challenge -> Assertions.explain(attempt, challenge, moved))
        .orElse(Verification.refused(Reason.UNKNOWN));
  }

  /// Used meanwhile, or removed.
  private static Verification overtaken(Map<String, AttributeValue> found) {
    return found.isEmpty()
        ? Verification.refused(Reason.UNKNOWN)
        : new Verification.Overtaken(FactorItems.read(found));
  }

  /// The counter is still the one that the assertion was judged by.
  private static Change use(Attempt attempt, FactorId id, Passkey judged, PasskeyUse use) {
    Expression expression =
        new Expression()
            .text(":active", FactorItems.state(FactorState.ACTIVE))
            .number(":seen", judged.record().signCount())
            .moment(":now", attempt.now());
    StringBuilder update = new StringBuilder("SET #usedAt = :now");
    PasskeyItems.write(use)
        .forEach((name, value) -> {
          expression.value(":" + name, value);
          update.append(", #%1$s = :%1$s".formatted(name));
        });
    return new Change(
        ItemKeys.factor(attempt.subject(), id),
        "#st = :active AND #signCount = :seen",
        update.toString(),
        expression);
  }

  @Override
  public void fail(Attempt attempt, @Nullable FactorId regressed) {
    Change failed = ended(attempt, FAIL, expression(attempt));
    if (regressed == null) {
      table.update(failed);
      return;
    }
    Change marked =
        new Change(
            ItemKeys.factor(attempt.subject(), regressed),
            "#st = :active",
            "SET #regressed = :now",
            new Expression()
                .text(":active", FactorItems.state(FactorState.ACTIVE))
                .moment(":now", attempt.now()));
    boolean both =
        table.transact(
            () -> true, refusal -> false, table.updating(failed), table.updating(marked));
    if (!both) {
      // Canceled meanwhile; the credential is as doubtful as it was.
      table.update(marked);
    }
  }

  /// The verdict, kept with what a repeated call is known by.
  private static Change ended(Attempt attempt, String update, Expression expression) {
    String kept = Guesses.keep(attempt.retry(), expression);
    return ofChallenge(attempt, CONSUMED, update + kept, expression);
  }

  private static Change ofChallenge(
      Attempt attempt, String condition, String update, Expression expression) {
    var key = ItemKeys.ofChallenge(attempt.subject(), attempt.challenge());
    return new Change(key, condition, update, expression);
  }

  private static Expression expression(Attempt attempt) {
    return Guesses.challenge(
            new Expression(), attempt.challenge().text(), attempt.owner(), attempt.now())
        .text(":req", attempt.request());
  }

  private static Optional<Challenge> challenge(Attempt attempt, Map<String, AttributeValue> item) {
    return FactorItems.challenge(item, attempt.challenge().text());
  }
}
