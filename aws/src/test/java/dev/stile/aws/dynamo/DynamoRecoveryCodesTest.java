package dev.stile.aws.dynamo;

import dev.stile.challenge.Redemptions;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.factor.recovery.RecoveryCodesContract;
import dev.stile.testing.Stores;

class DynamoRecoveryCodesTest extends RecoveryCodesContract {
  @Override
  protected Stores stores() {
    return DynamoLocal.stores();
  }

  @Override
  protected RecoveryCodes codes() {
    return new DynamoRecoveryCodes(DynamoLocal.shared());
  }

  @Override
  protected Redemptions redemptions() {
    return new DynamoRedemptions(DynamoLocal.shared());
  }
}
