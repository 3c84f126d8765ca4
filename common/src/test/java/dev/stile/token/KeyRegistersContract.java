package dev.stile.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.testing.PlainKeyPairs;
import dev.stile.testing.Race;
import dev.stile.testing.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of registers holds to.
@Tag("R30")
public abstract class KeyRegistersContract {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");
  private static final KeyPairs PAIRS = new PlainKeyPairs();
  private static final int RIVALS = 16;

  /// The same, and empty at first, within one test.
  protected abstract KeyRegisters registers();

  @ParameterizedTest
  @EnumSource
  void keepsARegisterAsItWasWritten(SigningAlgorithm algorithm) {
    assertThat(registers().read(algorithm)).isEqualTo(KeyRegister.empty(algorithm));
    KeyRegister first = KeyRegister.empty(algorithm).with(PAIRS.make(algorithm), NOW);
    KeyRegister second = first.with(PAIRS.make(algorithm), NOW);
    KeyRegister third = second.withdrawn(first.entries().getFirst().kid(), NOW.plusSeconds(1));
    for (KeyRegister register : List.of(first, second, third)) {
      assertThat(registers().keep(register)).isTrue();
      assertThat(registers().read(algorithm)).isEqualTo(register);
    }
  }

  @Test
  void keepsTheAlgorithmsApart() {
    var ec = KeyRegister.empty(SigningAlgorithm.ES256).with(pair(), NOW);
    assertThat(registers().keep(ec)).isTrue();
    assertThat(registers().read(SigningAlgorithm.RS256).entries()).isEmpty();
  }

  @Test
  void refusesWhatIsNotTheNextVersion() {
    KeyRegister first = KeyRegister.empty(SigningAlgorithm.ES256).with(pair(), NOW);
    KeyRegister second = first.with(pair(), NOW);
    assertThat(registers().keep(second)).isFalse();
    assertThat(registers().keep(first)).isTrue();
    assertThat(registers().keep(KeyRegister.empty(SigningAlgorithm.ES256).with(pair(), NOW)))
        .isFalse();
    assertThat(registers().keep(second)).isTrue();
    assertThat(registers().read(SigningAlgorithm.ES256)).isEqualTo(second);
  }

  @Test
  void keepsOneOfManyThatChangeTheSameVersion() {
    for (int version = 0; version < 3; version++) {
      KeyRegister seen = registers().read(SigningAlgorithm.ES256);
      List<KeyRegister> rivals =
          Race.of(RIVALS, i -> pair()).stream().map(pair -> seen.with(pair, NOW)).toList();
      List<Boolean> kept = Race.of(RIVALS, i -> registers().keep(rivals.get(i)));
      assertThat(kept).containsOnlyOnce(true);
      assertThat(registers().read(SigningAlgorithm.ES256))
          .isEqualTo(rivals.get(kept.indexOf(true)));
    }
  }

  @Test
  void publishesOneSuccessorHoweverManyRotate() {
    var clock = new SetClock(NOW);
    var rotation = new KeyRotation(registers(), PAIRS, clock);
    Race.of(RIVALS, i -> rotation.ifDue(SigningAlgorithm.ES256));
    assertThat(registers().read(SigningAlgorithm.ES256).entries()).hasSize(1);
    clock.advance(KeyRegister.USED);
    Race.of(RIVALS, i -> rotation.ifDue(SigningAlgorithm.ES256));
    assertThat(registers().read(SigningAlgorithm.ES256).entries()).hasSize(2);
  }

  @Test
  void putsOneKeyInThePlaceOfAWithdrawnOneHoweverManyWithdrawIt() {
    var clock = new SetClock(NOW);
    var rotation = new KeyRotation(registers(), PAIRS, clock);
    String kid = rotation.ifDue(SigningAlgorithm.ES256).entries().getFirst().kid();
    clock.advance(Duration.ofSeconds(1));
    Race.of(RIVALS, i -> rotation.withdraw(kid));
    KeyRegister register = registers().read(SigningAlgorithm.ES256);
    assertThat(register.entries()).hasSize(2);
    assertThat(register.used(clock.instant()).orElseThrow().kid()).isNotEqualTo(kid);
  }

  private static KeyRegister.Pair pair() {
    return PAIRS.make(SigningAlgorithm.ES256);
  }
}
