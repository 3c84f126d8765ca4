package dev.stile.memory;

import dev.stile.challenge.Redemptions;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.factor.recovery.RecoveryCodesContract;
import dev.stile.testing.Stores;

class InMemoryRecoveryCodesTest extends RecoveryCodesContract {
  private final InMemoryStore table = new InMemoryStore();

  @Override
  protected Stores stores() {
    return table.stores();
  }

  @Override
  protected RecoveryCodes codes() {
    return new InMemoryRecoveryCodes(table);
  }

  @Override
  protected Redemptions redemptions() {
    return new InMemoryRecoveryCodes(table);
  }
}
