package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.signin.SignIn;
import dev.stile.signin.SignIn.Place;
import dev.stile.signin.SignIn.Proof;
import dev.stile.signin.SignIns;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One item for each user of an app client, written at each step-up and once more when its tokens
/// are made.
public final class DynamoSignIns implements SignIns {
  /// Beyond any answer that could still be told again.
  private static final Duration KEPT = Duration.ofDays(1);

  private final StileTable table;

  @Inject
  public DynamoSignIns(StileTable table) {
    this.table = table;
  }

  @Override
  public boolean remember(SignIn signIn) {
    Proof proof = signIn.proof();
    return table.update(
        new Change(
            ItemKeys.signIn(signIn.place()),
            "attribute_not_exists(#txn) OR #txn <> :txn",
            "SET #txn = :txn, #acr = :acr, #amr = :amr, #until = :until, #open = :one, #ttl = :ttl",
            new Expression()
                .text(":txn", proof.txn())
                .text(":acr", proof.acr())
                .value(":amr", Values.texts(proof.amr()))
                .moment(":until", signIn.until())
                .number(":one", 1)
                .number(":ttl", signIn.until().plus(KEPT).getEpochSecond())));
  }

  @Override
  public Optional<Proof> take(Place place, Instant now) {
    return table.update(
        new Change(
            ItemKeys.signIn(place),
            "#open = :one AND #until > :now",
            "SET #open = :zero",
            new Expression().number(":one", 1).number(":zero", 0).moment(":now", now)),
        item ->
            Optional.of(
                new Proof(
                    Values.text(item, "acr"), Values.texts(item, "amr"), Values.text(item, "txn"))),
        found -> Optional.empty());
  }
}
