package dev.stile.aws.kms;

import dev.stile.key.KeyUse;
import dev.stile.subject.Tenant;
import java.util.Map;

/// What tells one symmetric key from all others.
public record KeyName(Tenant tenant, KeyUse use, int epoch) {

  /// What KMS authenticates with the wrapped key. Roles are held to it by `kms:EncryptionContext`.
  Map<String, String> context() {
    return Map.of("tenant", tenant.id(), "purpose", use.name(), "epoch", Integer.toString(epoch));
  }
}
