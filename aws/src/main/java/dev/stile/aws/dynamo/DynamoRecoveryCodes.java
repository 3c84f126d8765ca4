package dev.stile.aws.dynamo;

import dev.stile.factor.Gate;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A subject's recovery codes, one item beside the factors.
public final class DynamoRecoveryCodes implements RecoveryCodes {
  private final StileTable table;

  @Inject
  public DynamoRecoveryCodes(StileTable table) {
    this.table = table;
  }

  @Override
  public Optional<Remaining> remaining(Subject subject) {
    return table.read(ItemKeys.recoveryCodes(subject)).map(RecoveryItems::remaining);
  }

  @Override
  public Replacement replace(
      Subject subject, Set<String> digests, Gate.Granted grant, Instant now) {
    return table.transact(
        () -> Replacement.DONE,
        refusal -> refusal.index() == 0 ? Replacement.GRANT_CONSUMED : Replacement.NO_FACTOR,
        table.putting(GrantItems.burnt(grant)),
        table.checking(
            ItemKeys.profile(subject), "#active > :zero", new Expression().number(":zero", 0)),
        table.replacing(RecoveryItems.write(subject, digests, now)));
  }
}
