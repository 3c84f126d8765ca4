package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Challenge.Progress;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.DirectVerdicts;
import dev.stile.challenge.Slots;
import dev.stile.challenge.Verdicts.TotpUse;
import dev.stile.challenge.Verification;
import dev.stile.challenge.Verification.Reason;
import dev.stile.challenge.Verification.Verified;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorState;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Verdicts that bring their challenge: one read, to see which old ones make room, and one
/// `UpdateItem` that writes the challenge as it has ended.
public final class DynamoDirectVerdicts implements DirectVerdicts {
  /// Every lost round is a round that another opening won.
  private static final int TRIES = 64;

  private static final String CONDITION =
      "#cv = :seen AND attribute_not_exists(#ch.#c) AND " + Guesses.FACTOR;

  private static final String PROVEN = " AND #st = :active";

  private static final String PROVEN_OR_DECOY = " AND #st IN (:active, :decoy)";

  private static final String KEEP = "SET #ch.#c = :entry, #cv = #cv + :one, ";

  private final StileTable table;

  @Inject
  public DynamoDirectVerdicts(StileTable table) {
    this.table = table;
  }

  @Override
  public Verification accept(Attempt attempt, Challenge asked, TotpUse use) {
    Challenge approved = asked.with(Progress.approvedBy(attempt));
    return write(
        attempt,
        new Verdict(
            PROVEN + DynamoVerdicts.FRESH,
            DynamoVerdicts.USE,
            () -> DynamoVerdicts.use(expression(attempt, approved), attempt, use),
            item -> new Verified(approved, FactorItems.read(item))));
  }

  @Override
  public Verification reject(Attempt attempt, Challenge asked) {
    Challenge failed = asked.with(Progress.failedBy(attempt));
    return write(
        attempt,
        new Verdict(
            PROVEN_OR_DECOY,
            "#failures = #failures + :one, #failedAt = :now",
            () ->
                expression(attempt, failed)
                    .text(":decoy", FactorItems.state(FactorState.DECOY))
                    .moment(":now", attempt.now()),
            item ->
                new Verification.Rejected(failed.attemptsLeft(), Verification.Cause.INCORRECT)));
  }

  @Override
  public Verification rejectDecoy(Attempt attempt, Challenge asked, Factor decoy) {
    Verification verification = reject(attempt, asked);
    if (!(verification instanceof Verification.Refused(Reason reason, var never))
        || reason != Reason.UNKNOWN) {
      return verification;
    }
    Challenge failed = asked.with(Progress.failedBy(attempt));
    boolean made =
        table.update(
            DecoyItems.making(
                attempt.subject(), decoy.failed(attempt.now()), failed, attempt.now()));
    return made
        ? new Verification.Rejected(failed.attemptsLeft(), Verification.Cause.INCORRECT)
        : reject(attempt, asked);
  }

  private Verification write(Attempt attempt, Verdict verdict) {
    var key = ItemKeys.factor(attempt.subject(), attempt.challenge().factor());
    Map<String, AttributeValue> seen = table.read(key).orElse(Map.of());
    for (int tries = 0; tries < TRIES; tries++) {
      if (seen.isEmpty()) {
        return Verification.refused(Reason.UNKNOWN);
      }
      Result result =
          table.update(
              change(key, seen, attempt, verdict),
              item -> new Result(verdict.written().apply(item), item),
              item -> new Result(null, item));
      if (result.verification() != null) {
        return result.verification();
      }
      Optional<Verification> explained = explain(attempt, seen, result.item());
      if (explained.isPresent()) {
        return explained.get();
      }
      seen = result.item();
    }
    throw new IllegalStateException("too many openings met on one factor");
  }

  /// Empty where another opening came between the read and the write, and nothing else.
  private static Optional<Verification> explain(
      Attempt attempt, Map<String, AttributeValue> seen, Map<String, AttributeValue> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    @Nullable AttributeValue own = Values.map(found, "ch").get(attempt.challenge().text());
    Verification why =
        DirectVerdicts.explain(
            attempt,
            own == null ? null : ChallengeEntries.read(attempt.challenge().text(), own.m()),
            FactorItems.read(found));
    boolean moved = Values.number(found, "cv", 0) != Values.number(seen, "cv", 0);
    return why instanceof Verification.Overtaken && moved ? Optional.empty() : Optional.of(why);
  }

  private static Change change(
      Map<String, AttributeValue> key,
      Map<String, AttributeValue> seen,
      Attempt attempt,
      Verdict verdict) {
    Expression expression =
        verdict.expression().get().number(":seen", Values.number(seen, "cv", 0));
    List<String> dropped = new ArrayList<>();
    for (ChallengeId old : Slots.dropped(FactorItems.challenges(seen), attempt.now())) {
      String name = "#d" + dropped.size();
      expression.name(name, old.text());
      dropped.add("#ch." + name);
    }
    String update = KEEP + verdict.update();
    if (!dropped.isEmpty()) {
      update += " REMOVE " + String.join(", ", dropped);
    }
    return new Change(key, CONDITION + verdict.condition(), update, expression);
  }

  private static Expression expression(Attempt attempt, Challenge ended) {
    return Guesses.factor(new Expression(), attempt.now())
        .name("#c", ended.id().text())
        .value(":entry", ChallengeEntries.write(ended, null))
        .text(":active", FactorItems.state(FactorState.ACTIVE))
        .number(":one", 1);
  }

  /// What a right answer and a wrong one do not have in common.
  private record Verdict(
      String condition,
      String update,
      Supplier<Expression> expression,
      Function<Map<String, AttributeValue>, Verification> written) {}

  private record Result(@Nullable Verification verification, Map<String, AttributeValue> item) {}
}
