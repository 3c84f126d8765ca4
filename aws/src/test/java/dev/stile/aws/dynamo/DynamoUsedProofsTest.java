package dev.stile.aws.dynamo;

import dev.stile.token.UsedProofs;
import dev.stile.token.UsedProofsContract;

class DynamoUsedProofsTest extends UsedProofsContract {
  @Override
  protected UsedProofs proofs() {
    return new DynamoUsedProofs(DynamoLocal.shared());
  }
}
