package dev.stile.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// What the registers say now, read each time: what is published here is what verifiers hold to for
/// minutes. Opens no key.
public final class RegisteredPublications implements PublishedKeys {
  private final KeyRegisters registers;
  private final Clock clock;

  public RegisteredPublications(KeyRegisters registers, Clock clock) {
    this.registers = registers;
    this.clock = clock;
  }

  @Override
  public List<PublishedKey> all() {
    Instant now = clock.instant();
    return Arrays.stream(SigningAlgorithm.values())
        .flatMap(algorithm -> registers.read(algorithm).published(now).stream())
        .toList();
  }
}
