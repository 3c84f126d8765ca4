package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Refused;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every attack differs from a genuine grant in one thing, which the first test shows to be
/// accepted.
@Tag("R21")
class AttackTest {
  private static final Forge FORGE = new Forge();
  private static final GrantVerifier VERIFIER = FORGE.verifier();
  private static final List<Attack> ATTACKS = Attack.all(FORGE);

  static List<Attack> attacks() {
    return ATTACKS;
  }

  @Test
  void acceptsWhatTheAttacksBend() {
    assertThat(VERIFIER.judge(FORGE.genuine(), Forge.TRANSFER)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void refuses(Attack attack) {
    assertThat(VERIFIER.judge(attack.token(), Forge.TRANSFER))
        .isEqualTo(new Refused(attack.expected()));
  }

  @Test
  void acceptsNoneOfAtLeast400DistinctAttacks() {
    assertThat(ATTACKS.stream().map(Attack::name)).doesNotHaveDuplicates();
    assertThat(ATTACKS.stream().map(Attack::token).distinct()).hasSizeGreaterThanOrEqualTo(400);
    assertThat(ATTACKS)
        .noneMatch(a -> VERIFIER.judge(a.token(), Forge.TRANSFER) instanceof Accepted);
  }

  @Test
  void refusesNoTokenAtAll() {
    assertThat(VERIFIER.judge(null, Forge.TRANSFER))
        .isEqualTo(new Refused(Judgement.Reason.MALFORMED));
  }
}
