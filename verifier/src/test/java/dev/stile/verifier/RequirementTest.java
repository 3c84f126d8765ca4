package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
  /// RFC 9470 §3.
  @Test
  void asksForAStepUp() {
    assertThat(Grants.require("pay").challenge())
        .isEqualTo("Bearer error=\"insufficient_user_authentication\"");
    assertThat(Grants.require("pay").acr("phr", "aal2").maxAge(Duration.ofMinutes(5)).challenge())
        .isEqualTo(
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"phr aal2\","
                + " max_age=\"300\"");
  }

  @Test
  void isNotChangedByItsSteps() {
    Requirement plain = Grants.require("pay");
    Requirement raised = plain.acr("aal2").maxAge(Duration.ZERO);
    assertThat(plain.challenge()).isNotEqualTo(raised.challenge());
    assertThat(raised.action()).isEqualTo("pay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\"", "a\\", "a\r\nSet-Cookie: x", "\u00e4"})
  void refusesWhatBreaksOutOfAHeader(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Grants.require(text));
    assertThatIllegalArgumentException().isThrownBy(() -> Grants.require("pay").acr(text));
  }

  @Test
  void refusesWhatMeansNothing() {
    Requirement plain = Grants.require("pay");
    assertThatIllegalArgumentException().isThrownBy(plain::acr);
    assertThatIllegalArgumentException().isThrownBy(() -> plain.maxAge(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Judgement.Insufficient(Set.of(), plain));
  }
}
