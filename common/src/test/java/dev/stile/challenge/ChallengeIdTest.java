package dev.stile.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.key.Base32;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeIdTest {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  @ParameterizedTest
  @EnumSource
  void carriesKindFactorAndEpoch(FactorKind kind) {
    for (int epoch : new int[] {0, 1, 255, 256, 32_767, 32_768, 65_535}) {
      var factor = FactorId.random(Samples.IDS);
      var id = ChallengeId.random(Samples.IDS, kind, factor, epoch);
      assertThat(id.text()).hasSize(60).matches("chl_[a-z2-7]{56}");
      var read = new ChallengeId(id.text());
      assertThat(read).isEqualTo(id).hasToString(id.text());
      assertThat(read.kind()).isEqualTo(kind);
      assertThat(read.factor()).isEqualTo(factor);
      assertThat(read.epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void isNeverTheSameTwice() {
    Set<ChallengeId> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(ChallengeId.random(Samples.IDS, FactorKind.SMS, Samples.FACTOR, 1));
    }
    assertThat(seen).hasSize(10_000);
  }

  /// Each letter in each place: the id is refused, or it is another one. Never the same under
  /// another name.
  @Test
  void hasOneTextForOneId() {
    String text = ChallengeId.random(Samples.IDS, FactorKind.TOTP, Samples.FACTOR, 1).text();
    byte[] bytes = Base32.LOWER.decode(text.substring(4));
    int refused = 0;
    for (int at = 0; at < text.length(); at++) {
      for (char c : (ALPHABET + "ABCZ018_-=. \n").toCharArray()) {
        String changed = text.substring(0, at) + c + text.substring(at + 1);
        if (changed.equals(text)) {
          continue;
        }
        try {
          var id = new ChallengeId(changed);
          assertThat(id.text()).isEqualTo(changed);
          assertThat(Base32.LOWER.decode(id.text().substring(4))).isNotEqualTo(bytes);
        } catch (IllegalArgumentException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(56 * 13);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chl_",
        "chl",
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "chl_not-base-32",
        "chl_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" // no such kind
      })
  void refusesOtherForms(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeId(text));
  }

  @Test
  void refusesOtherLengths() {
    String text = ChallengeId.random(Samples.IDS, FactorKind.TOTP, Samples.FACTOR, 1).text();
    for (int length = 0; length < text.length(); length++) {
      String shorter = text.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeId(shorter));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeId(text + "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeId(text + "aaaaaaaa"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChallengeId(text + "="));
  }
}
