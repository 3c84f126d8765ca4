package dev.stile.factor.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stile.key.FixedKeys;
import dev.stile.key.KeyedDigest;
import dev.stile.key.RandomIds;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.SeededRandom;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R12")
class RecoveryCodeTest {
  private static final RecoveryCode CODE = RecoveryCode.of("01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ");
  private static final Subject ANN = new Subject(new Tenant("default"), "ann");

  private final RandomIds ids = new RandomIds(new SeededRandom(3));

  @Test
  void isSixGroupsOfCrockfordsAlphabet() {
    for (int i = 0; i < 1000; i++) {
      assertThat(RecoveryCode.random(ids).reveal())
          .matches("([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}");
    }
  }

  @Test
  void usesAllSymbolsInAllPlaces() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      String code = RecoveryCode.random(ids).reveal().replace("-", "");
      for (int at = 0; at < code.length(); at++) {
        seen.add(at + ":" + code.charAt(at));
      }
    }
    assertThat(seen).hasSize(24 * 32);
  }

  @Test
  void readsWhatItShows() {
    for (int i = 0; i < 100; i++) {
      RecoveryCode code = RecoveryCode.random(ids);
      assertThat(RecoveryCode.of(code.reveal())).isEqualTo(code).hasSameHashCodeAs(code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01abcdefghjkmnpqrstvwxyz",
        " 01AB CDEF GHJK MNPQ RSTV WXYZ ",
        "o1ab-cdef-ghjk-mnpq-rstv-wxyz",
        "OIAB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
        "0lab-CDEF-GHJK-MNPQ-RSTV-WXYZ",
        "0-1-A-B-C-D-E-F-G-H-J-K-M-N-P-Q-R-S-T-V-W-X-Y-Z"
      })
  void readsWhatWasMeant(String typed) {
    assertThat(RecoveryCode.of(typed)).isEqualTo(CODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "123456",
        "01AB-CDEF-GHJK-MNPQ-RSTV-WXY",
        "01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ0",
        "U1AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
        "01AB_CDEF_GHJK_MNPQ_RSTV_WXYZ",
        "٠1AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
        "01AB-CDEF-GHJK-MNPQ-RSTV-WXY\u00df",
        "01AB-CDEF-GHJK-MNPQ-RSTV-WXYZ                                    "
      })
  void refusesWhatIsNoCode(String typed) {
    assertThatThrownBy(() -> RecoveryCode.of(typed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsToItself() {
    assertThat(CODE).hasToString("RecoveryCode[redacted]");
    assertThat(CODE).isNotEqualTo(RecoveryCode.random(ids)).isNotEqualTo(CODE.reveal());
  }

  @Test
  void hasADigestForItsSubjectAlone() {
    var digests = new RecoveryDigests(new KeyedDigest(new FixedKeys()));
    var later = new RecoveryDigests(new KeyedDigest(new FixedKeys(2)));
    String digest = digests.of(ANN, CODE);
    RecoveryCode typed = RecoveryCode.of(CODE.reveal().toLowerCase(Locale.ROOT));
    assertThat(later.of(ANN, typed)).isEqualTo(digest);
    assertThat(digests.of(new Subject(ANN.tenant(), "bob"), CODE)).isNotEqualTo(digest);
    assertThat(digests.of(new Subject(new Tenant("other"), "ann"), CODE)).isNotEqualTo(digest);
    assertThat(digests.of(ANN, RecoveryCode.random(ids))).isNotEqualTo(digest);
  }
}
