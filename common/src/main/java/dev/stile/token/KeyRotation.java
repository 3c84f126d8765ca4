package dev.stile.token;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.token.KeyRegister.Pair;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/// Moves the registers of signing keys on. Any number of processes may do so at a time: a change is
/// decided by the version of the register, and whoever comes second looks again.
public final class KeyRotation {
  private static final int TRIES = 20;

  private final KeyRegisters registers;
  private final KeyPairs pairs;
  private final Clock clock;

  public KeyRotation(KeyRegisters registers, KeyPairs pairs, Clock clock) {
    this.registers = registers;
    this.pairs = pairs;
    this.clock = clock;
  }

  /// The registers of all algorithms.
  public List<KeyRegister> read() {
    return Arrays.stream(SigningAlgorithm.values()).map(registers::read).toList();
  }

  KeyRegister read(SigningAlgorithm algorithm) {
    return registers.read(algorithm);
  }

  /// Publishes a successor where it is time for one, and the first key where there is none.
  public KeyRegister ifDue(SigningAlgorithm algorithm) {
    return change(algorithm, KeyRegister::isDue, this::withAnother);
  }

  /// Publishes a successor, unless there is one already.
  public KeyRegister now(SigningAlgorithm algorithm) {
    return change(algorithm, (seen, now) -> !seen.awaitsSuccessor(now), this::withAnother);
  }

  /// Ends a key from now on, and has another one sign at once where it was the one that did. Empty
  /// where no register has it.
  public Optional<KeyRegister> withdraw(String kid) {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      if (registers.read(algorithm).has(kid)) {
        return Optional.of(
            change(
                algorithm, (seen, now) -> seen.has(kid), (seen, now) -> without(seen, kid, now)));
      }
    }
    return Optional.empty();
  }

  private KeyRegister withAnother(KeyRegister seen, Instant now) {
    return seen.with(pairs.make(seen.algorithm()), now);
  }

  private KeyRegister without(KeyRegister seen, String kid, Instant now) {
    KeyRegister rest = seen.withdrawn(kid, now);
    if (rest.used(now).isPresent()) {
      return rest;
    }
    Pair next = pairs.make(seen.algorithm());
    return new KeyRegister(seen.algorithm(), rest.version(), rest.with(next, now).entries());
  }

  private KeyRegister change(
      SigningAlgorithm algorithm,
      BiPredicate<KeyRegister, Instant> needed,
      BiFunction<KeyRegister, Instant, KeyRegister> step) {
    for (int tries = 0; tries < TRIES; tries++) {
      KeyRegister seen = registers.read(algorithm);
      Instant now = clock.instant();
      if (!needed.test(seen, now)) {
        return seen;
      }
      KeyRegister next = step.apply(seen, now);
      if (registers.keep(next)) {
        return next;
      }
    }
    throw new KeyUnavailable("the register of signing keys changes too often");
  }
}
