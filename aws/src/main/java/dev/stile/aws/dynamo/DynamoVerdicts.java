package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Attempt;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Status;
import dev.stile.challenge.Verdicts;
import dev.stile.challenge.Verification;
import dev.stile.factor.FactorState;
import dev.stile.factor.totp.TotpCheck;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The verdicts, each one `UpdateItem` that counts, compares and ends.
public final class DynamoVerdicts implements Verdicts {
  private static final String CONDITION =
      Guesses.CHALLENGE
          + " AND "
          + Guesses.FACTOR
          + " AND (attribute_not_exists(#ch.#c.#req) OR #ch.#c.#req <> :req)";

  /// A key that was kept with another verdict's guess may be repeated once that is over.
  private static final String NOT_REPEATED =
      " AND (attribute_not_exists(#ch.#c.#idk) OR #ch.#c.#idk <> :idk)";

  /// A right digest finds its entry in `ok` and takes every value from there; a wrong one finds
  /// none and takes the defaults. There is no third way.
  private static final String JUDGE =
      """
      SET #ch.#c.#st = if_not_exists(#ch.#c.#ok.#g.#st, #ch.#c.#st),
          #ch.#c.#n = #ch.#c.#n + if_not_exists(#ch.#c.#ok.#g.#inc, :one),
          #failures = if_not_exists(#ch.#c.#ok.#g.#f, #failures)
                    + if_not_exists(#ch.#c.#ok.#g.#inc, :one),
          #failedAt = if_not_exists(#ch.#c.#ok.#g.#at, :now),
          #ch.#c.#req = :req, #ch.#c.#end = :now
      """;

  private static final String REJECT =
      """
      SET #ch.#c.#n = #ch.#c.#n + :one, #failures = #failures + :one, #failedAt = :now,
          #ch.#c.#req = :req, #ch.#c.#end = :now
      """;

  /// The step is later than the last one, and its digits were not seen just before.
  static final String FRESH =
      " AND #lastStep < :step AND (attribute_not_exists(#lastDigest) OR #lastDigest <> :digest"
          + " OR #lastStep < :forgotten)";

  /// What a success leaves on its factor.
  static final String USE =
      "#failures = :zero, #failedAt = :zero, #usedAt = :now, #lastStep = :step,"
          + " #lastDigest = :digest, #lastBy = :own";

  private static final String NO_DECOY = " AND #st <> :decoy";

  private static final String ACCEPT =
      "SET #ch.#c.#st = :approved, #ch.#c.#req = :req, #ch.#c.#end = :now, " + USE;

  private final StileTable table;

  @Inject
  public DynamoVerdicts(StileTable table) {
    this.table = table;
  }

  @Override
  public Verification judge(Attempt attempt, String answerDigest) {
    Expression expression = expression(attempt).number(":one", 1).name("#g", answerDigest);
    return write(attempt, CONDITION, JUDGE, expression);
  }

  @Override
  public Verification accept(Attempt attempt, TotpUse use) {
    Expression expression =
        use(expression(attempt).text(":approved", Status.APPROVED.wire()), attempt, use);
    expression.text(":decoy", FactorItems.state(FactorState.DECOY));
    return write(attempt, CONDITION + FRESH + NO_DECOY, ACCEPT, expression);
  }

  /// The values of `FRESH` and `USE`.
  static Expression use(Expression expression, Attempt attempt, TotpUse use) {
    return expression
        .text(":own", attempt.owner())
        .moment(":now", attempt.now())
        .number(":zero", 0)
        .number(":step", use.step())
        .number(":forgotten", use.step() - TotpCheck.DIGITS_REFUSED_STEPS)
        .text(":digest", use.digest());
  }

  @Override
  public Verification reject(Attempt attempt) {
    return write(attempt, CONDITION, REJECT, expression(attempt).number(":one", 1));
  }

  private static Expression expression(Attempt attempt) {
    var expression = Guesses.factor(new Expression(), attempt.now());
    return Guesses.challenge(expression, attempt.challenge().text(), attempt.owner(), attempt.now())
        .text(":req", attempt.request());
  }

  private Verification write(
      Attempt attempt, String condition, String update, Expression expression) {
    var key = ItemKeys.factor(attempt.subject(), attempt.challenge().factor());
    String kept = Guesses.keep(attempt.retry(), expression);
    String unlessRepeated = kept.isEmpty() ? condition : condition + NOT_REPEATED;
    return table.update(
        new Change(key, unlessRepeated, update + kept, expression),
        item -> verdict(attempt, item),
        item -> explain(attempt, item));
  }

  private static Verification verdict(Attempt attempt, Map<String, AttributeValue> item) {
    Challenge challenge = challenge(attempt, item).orElseThrow();
    return challenge.progress().status() == Status.APPROVED
        ? new Verification.Verified(challenge, FactorItems.read(item))
        : new Verification.Rejected(challenge.attemptsLeft(), Verification.Cause.INCORRECT);
  }

  private static Verification explain(Attempt attempt, Map<String, AttributeValue> item) {
    return challenge(attempt, item)
        .map(challenge -> Verdicts.explain(attempt, challenge, FactorItems.read(item)))
        .orElseGet(() -> Verification.refused(Verification.Reason.UNKNOWN));
  }

  private static Optional<Challenge> challenge(Attempt attempt, Map<String, AttributeValue> item) {
    return FactorItems.challenge(item, attempt.challenge().text());
  }
}
