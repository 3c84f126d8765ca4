package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.challenge.Activations;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.Status;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.subject.Call;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Activations: the factor, the profile and the grant in one transaction.
public final class DynamoActivations implements Activations {
  private static final String PENDING_FACTOR =
      "#st = :pending AND #lapses > :now AND " + Guesses.FACTOR;

  private final StileTable table;

  @Inject
  public DynamoActivations(StileTable table) {
    this.table = table;
  }

  @Override
  public Optional<Pending> find(Subject subject, FactorId id) {
    return table.read(ItemKeys.factor(subject, id)).map(DynamoActivations::pending);
  }

  private static Pending pending(Map<String, AttributeValue> item) {
    @Nullable Challenge newest =
        FactorItems.challenges(item).stream()
            .max(Comparator.comparing(Challenge::isOpen).thenComparing(c -> c.lifetime().created()))
            .orElse(null);
    @Nullable String answer =
        newest == null
            ? null
            : ChallengeEntries.answer(Values.map(Values.map(item, "ch"), newest.id().text()))
                .orElse(null);
    return new Pending(FactorItems.read(item), newest, answer);
  }

  @Override
  public Activation activate(Proof proof, Gate gate) {
    if (!proof.hasBasis()) {
      return reject(proof);
    }
    var activation = activation(proof, Admissions.cappedUntil(gate, proof.now()));
    var items = Admissions.of(table, proof.subject(), gate, table.updating(activation));
    return table.transact(
        Activation.Activated::new,
        refusal ->
            switch (refusal.index()) {
              case 0 -> explain(proof, refusal.found());
              case 1 -> new Activation.GrantNeeded();
              default -> new Activation.GrantConsumed();
            },
        items.toArray(TransactWriteItem[]::new));
  }

  private static Change activation(Proof proof, @Nullable Instant cappedUntil) {
    var expression =
        expression(proof).number(":zero", 0).text(":active", FactorItems.state(FactorState.ACTIVE));
    var update =
        new StringBuilder(
            "SET #st = :active, #failures = :zero, #failedAt = :zero, #usedAt = :now");
    TotpProgress progress = proof.progress();
    if (progress != null) {
      expression
          .number(":step", progress.lastStep())
          .number(":drift", progress.drift())
          .text(":digest", String.valueOf(progress.lastDigest()))
          .text(":by", String.valueOf(progress.lastPrincipal()));
      update.append(", #lastStep = :step, #drift = :drift, #lastDigest = :digest, #lastBy = :by");
    }
    if (cappedUntil != null) {
      expression.moment(":capped", cappedUntil);
      update.append(", #capped = :capped");
    }
    String condition = condition(proof);
    String answer = proof.pending().answer();
    if (proof.pending().challenge() != null && answer != null) {
      expression.name("#g", answer).text(":approved", Status.APPROVED.wire());
      condition += " AND attribute_exists(#ch.#c.#ok.#g)";
      update.append(", #ch.#c.#st = :approved, #ch.#c.#end = :now");
    }
    update.append(called(proof, expression)).append(" REMOVE #lapses, #ttl");
    return new Change(
        ItemKeys.factor(proof.subject(), proof.factor()), condition, update.toString(), expression);
  }

  @Override
  public Activation reject(Proof proof) {
    String update = "SET #failures = #failures + :one, #failedAt = :now";
    if (proof.pending().challenge() != null) {
      update += ", #ch.#c.#n = #ch.#c.#n + :one, #ch.#c.#end = :now";
    }
    var expression = expression(proof).number(":one", 1);
    update += called(proof, expression);
    return table.update(
        new Change(
            ItemKeys.factor(proof.subject(), proof.factor()), condition(proof), update, expression),
        item -> new Activation.Rejected(attemptsLeft(proof, item)),
        item -> explain(proof, item));
  }

  /// Which call it was, for the audit.
  private static String called(Proof proof, Expression expression) {
    Call call = proof.call();
    if (call == null) {
      return "";
    }
    expression.text(":cl", call.client()).text(":req", call.request());
    return ", #cl = :cl, #req = :req";
  }

  private static int attemptsLeft(Proof proof, Map<String, AttributeValue> item) {
    Challenge challenge = challenge(proof, item);
    int failures = (int) Values.number(item, "failures", 0);
    return challenge == null
        ? Math.max(0, Failures.FIRST_DELAYED - failures)
        : challenge.attemptsLeft();
  }

  private static String condition(Proof proof) {
    return proof.pending().challenge() == null
        ? PENDING_FACTOR
        : PENDING_FACTOR + " AND " + Guesses.CHALLENGE;
  }

  private static Expression expression(Proof proof) {
    var expression =
        Guesses.factor(new Expression(), proof.now())
            .text(":pending", FactorItems.state(FactorState.PENDING))
            .moment(":now", proof.now());
    Challenge challenge = proof.pending().challenge();
    return challenge == null
        ? expression
        : Guesses.challenge(expression, challenge.id().text(), proof.owner(), proof.now());
  }

  private static Activation explain(Proof proof, Map<String, AttributeValue> item) {
    @Nullable Factor found = item.isEmpty() ? null : FactorItems.read(item);
    return Activations.explain(proof, found, challenge(proof, item));
  }

  private static @Nullable Challenge challenge(Proof proof, Map<String, AttributeValue> item) {
    Challenge judged = proof.pending().challenge();
    if (judged == null) {
      return null;
    }
    return FactorItems.challenge(item, judged.id().text()).orElse(null);
  }
}
