package dev.stile.factor.recovery;

import dev.stile.key.KeyUse;
import dev.stile.key.KeyedDigest;
import dev.stile.key.Keys;
import dev.stile.subject.Subject;
import jakarta.inject.Inject;

/// The keyed digests of recovery codes: what the table holds in place of a code. They are made
/// under the first epoch, since a code may lie in a drawer for years.
public final class RecoveryDigests {
  private final KeyedDigest digest;

  @Inject
  public RecoveryDigests(KeyedDigest digest) {
    this.digest = digest;
  }

  public String of(Subject subject, RecoveryCode code) {
    return digest.text(
        subject.tenant(),
        KeyUse.RECOVERY,
        Keys.FIRST_EPOCH,
        subject.tenant().id(),
        subject.id(),
        code.reveal());
  }
}
