package dev.stile.aws.dynamo;

import dev.stile.aws.dynamo.StileTable.Change;
import dev.stile.factor.Factor;
import dev.stile.subject.Subject;
import dev.stile.token.EndedGrants;
import dev.stile.token.Grant;
import jakarta.inject.Inject;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The ends of grants: an item for each, and the epoch in the profile.
public final class DynamoEndedGrants implements EndedGrants {
  private final StileTable table;

  @Inject
  public DynamoEndedGrants(StileTable table) {
    this.table = table;
  }

  @Override
  public Consumption consume(Subject subject, Grant grant) {
    long epoch = grant.assurance().epoch();
    String current =
        epoch == 0 ? "attribute_not_exists(#epoch) OR #epoch = :epoch" : "#epoch = :epoch";
    return table.transact(
        () -> Consumption.CONSUMED,
        refusal ->
            refusal.index() == 0 && !GrantItems.isRevoked(refusal.found())
                ? Consumption.USED
                : Consumption.REVOKED,
        table.putting(GrantItems.used(grant)),
        table.checking(
            ItemKeys.profile(subject), current, new Expression().number(":epoch", epoch)));
  }

  @Override
  public void revoke(Grant grant) {
    table.putIfAbsent(GrantItems.revoked(grant));
  }

  @Override
  public boolean stands(Subject subject, Grant grant) {
    return table.read(ItemKeys.grant(grant.id())).isEmpty()
        && grant.assurance().epoch() == epoch(subject);
  }

  private long epoch(Subject subject) {
    return table
        .read(ItemKeys.profile(subject))
        .map(profile -> Values.number(profile, "epoch", 0))
        .orElse(0L);
  }

  /// The profile first: once it is written, no grant of an earlier epoch stands, whatever becomes
  /// of the challenges.
  @Override
  public void revokeAll(Subject subject) {
    long epoch =
        table.update(
            new Change(
                ItemKeys.profile(subject),
                "attribute_not_exists(#epoch) OR #epoch >= :zero",
                "SET #epoch = if_not_exists(#epoch, :zero) + :one",
                new Expression().number(":zero", 0).number(":one", 1)),
            profile -> Values.number(profile, "epoch", 0),
            profile -> {
              throw new IllegalStateException("an epoch is below zero");
            });
    begin(ItemKeys.passkeyChallenges(subject), epoch);
    for (Factor factor : new DynamoFactors(table).account(subject).factors()) {
      begin(ItemKeys.factor(subject, factor.id()), epoch);
    }
  }

  private void begin(Map<String, AttributeValue> key, long epoch) {
    table.update(
        new Change(
            key,
            "attribute_exists(#pk) AND (attribute_not_exists(#ep) OR #ep < :epoch)",
            "SET #ep = :epoch",
            new Expression().number(":epoch", epoch)));
  }
}
