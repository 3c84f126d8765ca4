package dev.stile.token;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.token.KeyRegister.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Signs with the key that the register says. A reading is kept for a minute, so that a withdrawn
/// key signs for a minute more at most; a register that cannot be read leaves the last reading in
/// force, for a verdict that was written must not be lost for it.
public final class RegisteredKeys implements SigningKeys {
  public static final Duration KEPT = Duration.ofMinutes(1);

  private final KeyRotation rotation;
  private final KeyPairs pairs;
  private final Clock clock;
  private final Duration kept;
  private final Map<SigningAlgorithm, Reading> readings = new ConcurrentHashMap<>();
  private final Map<String, SigningKey> opened = new ConcurrentHashMap<>();

  public RegisteredKeys(KeyRotation rotation, KeyPairs pairs, Clock clock, Duration kept) {
    this.rotation = rotation;
    this.pairs = pairs;
    this.clock = clock;
    this.kept = kept;
  }

  private record Reading(KeyRegister register, Instant at) {}

  /// A deployment that has no key yet gets its first one here.
  @Override
  public SigningKey current(SigningAlgorithm algorithm) {
    Instant now = clock.instant();
    Entry used =
        reading(algorithm, now)
            .used(now)
            .or(() -> again(algorithm).used(clock.instant()))
            .orElseThrow(() -> new KeyUnavailable("there is no key that signs"));
    return opened.computeIfAbsent(used.kid(), kid -> pairs.open(used.pair()));
  }

  private KeyRegister reading(SigningAlgorithm algorithm, Instant now) {
    Reading last = readings.get(algorithm);
    if (last != null && isFresh(last, now)) {
      return last.register();
    }
    try {
      return keep(rotation.read(algorithm), now);
    } catch (KeyUnavailable e) {
      if (last == null) {
        throw e;
      }
      return last.register();
    }
  }

  private KeyRegister again(SigningAlgorithm algorithm) {
    return keep(rotation.ifDue(algorithm), clock.instant());
  }

  private KeyRegister keep(KeyRegister register, Instant now) {
    readings.put(register.algorithm(), new Reading(register, now));
    return register;
  }

  private boolean isFresh(@Nullable Reading reading, Instant now) {
    return reading != null && !now.isBefore(reading.at()) && now.isBefore(reading.at().plus(kept));
  }
}
