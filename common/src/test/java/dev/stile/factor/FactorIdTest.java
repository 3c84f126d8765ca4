package dev.stile.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.key.RandomIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorIdTest {
  private static final String VALID = "fct_aaaaaaaaaaaaaaaaaaaaaaaaaa";

  @Test
  void givesBackItsBytes() {
    var id = FactorId.random(new RandomIds(new SecureRandom()));
    assertThat(id.text()).matches("fct_[a-z2-7]{26}");
    assertThat(FactorId.of(id.bytes())).isEqualTo(id);
    assertThat(new FactorId(id.text())).isEqualTo(id).hasToString(id.text());
    assertThat(new FactorId(VALID).bytes()).isEqualTo(new byte[16]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fct_",
        "aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "chl_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "FCT_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "fct_AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaa",
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaab", // left-over bits
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaa1",
        "fct_aaaaaaaaaaaaaaaaaaaaaaaaaa "
      })
  void refusesEveryOtherForm(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FactorId(text));
  }

  @ParameterizedTest
  @CsvSource({
    "WEBAUTHN, webauthn, 119, false, 6",
    "TOTP, totp, 116, false, 6",
    "SMS, sms, 115, true, 6",
    "EMAIL, email, 101, true, 8"
  })
  void knowsItsKindsByNameAndByByte(
      FactorKind kind, String wire, byte code, boolean sent, int digits) {
    assertThat(kind.wire()).isEqualTo(wire);
    assertThat(FactorKind.ofWire(wire)).contains(kind);
    assertThat(kind.code()).isEqualTo(code);
    assertThat(FactorKind.ofCode(code)).contains(kind);
    assertThat(kind.isOutOfBand()).isEqualTo(sent);
    assertThat(kind.codeDigits()).isEqualTo(digits);
  }

  @Test
  void knowsNoOtherKinds() {
    assertThat(FactorKind.ofWire("TOTP")).isEmpty();
    assertThat(FactorKind.ofWire("")).isEmpty();
    assertThat(FactorKind.ofCode((byte) 'x')).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5, 30", "7, 30", "6, 29", "6, 0", "6, 90", "-6, 30"})
  void refusesParametersThatAppsDoNotKnow(int digits, int seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new TotpParameters(TotpParameters.Hash.SHA1, digits, Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @CsvSource({"30, 0, 0", "30, 29, 0", "30, 30, 1", "60, 59, 0", "60, 60, 1", "30, -1, -1"})
  void countsStepsFromTheEpoch(int period, long second, long step) {
    var parameters = new TotpParameters(TotpParameters.Hash.SHA1, 6, Duration.ofSeconds(period));
    assertThat(parameters.stepAt(Instant.ofEpochSecond(second))).isEqualTo(step);
    assertThat(parameters.stepAt(Instant.ofEpochSecond(second).plusMillis(999))).isEqualTo(step);
  }
}
