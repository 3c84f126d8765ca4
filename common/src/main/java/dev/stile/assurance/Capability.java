package dev.stile.assurance;

import java.util.Locale;
import java.util.Optional;

/// What a back end may do for the users of its client.
public enum Capability {
  /// Ask for verifications and answer them.
  CHALLENGE,
  /// Enroll the first factor of a user whom it has authenticated itself.
  FIRST_FACTOR,
  /// Change the factors of a user who has stepped up for it.
  MANAGE;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Capability> ofWire(String name) {
    for (Capability capability : values()) {
      if (capability.wire().equals(name)) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }
}
