package dev.stile.aws.kms;

import java.util.Optional;

/// Keeps wrapped keys. They are worth nothing without KMS, and everything is lost without them.
public interface WrappedKeys {
  Optional<byte[]> find(KeyName name);

  /// Keeps the key unless there is one: what comes back is the one that is kept.
  byte[] putIfAbsent(KeyName name, byte[] wrapped);
}
