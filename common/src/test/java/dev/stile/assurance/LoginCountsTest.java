package dev.stile.assurance;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;
import static dev.stile.factor.FactorKind.WEBAUTHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.factor.FactorKind;
import dev.stile.subject.PrimaryLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a second factor at the provider counts for: what the policy says, while it is fresh, and
/// never alone.
@Tag("A09")
class LoginCountsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final TrustedIssuer ISSUER =
      new TrustedIssuer(
          "https://idp.example", "", TokenShape.OPENID, Map.of("mfa", SMS, "hwk", WEBAUTHN));

  @Nested
  class ALogin {
    private Set<FactorKind> passed(@Nullable Instant at, String... amr) {
      return ISSUER.passedAt(new PrimaryLogin("https://idp.example", at, null, List.of(amr)), NOW);
    }

    @Test
    void countsForWhatTheTableSays() {
      assertThat(passed(NOW, "pwd", "mfa")).containsExactly(SMS);
      assertThat(passed(NOW, "mfa", "hwk")).containsExactlyInAnyOrder(SMS, WEBAUTHN);
    }

    @Test
    void countsForNothingThatTheTableDoesNotSay() {
      assertThat(passed(NOW, "pwd", "otp", "sms", "MFA")).isEmpty();
      assertThat(passed(NOW)).isEmpty();
    }

    @Test
    void countsForFiveMinutes() {
      assertThat(passed(NOW.minus(Duration.ofMinutes(5)), "mfa")).isNotEmpty();
      assertThat(passed(NOW.minus(Duration.ofMinutes(5)).minusMillis(1), "mfa")).isEmpty();
      assertThat(passed(NOW.plusSeconds(61), "mfa")).isEmpty();
      assertThat(passed(null, "mfa")).isEmpty();
    }
  }

  @Nested
  class AChain {
    private Action chain(List<Set<FactorKind>> steps) {
      var display = new Action.Display(null, false);
      var terms = new Action.Terms(Duration.ofMinutes(5), null, false);
      return new Action("wire", false, null, Set.of(TOTP), steps, display, terms);
    }

    private List<Set<FactorKind>> left(Set<FactorKind> passed, List<Set<FactorKind>> steps) {
      return chain(steps).after(passed).chain();
    }

    @Test
    void losesTheStepThatHasPassed() {
      assertThat(left(Set.of(SMS), List.of(Set.of(TOTP), Set.of(SMS, EMAIL))))
          .containsExactly(Set.of(TOTP));
    }

    @Test
    void losesOneStepOnly() {
      assertThat(
              left(Set.of(SMS, TOTP), List.of(Set.of(SMS), Set.of(TOTP, EMAIL), Set.of(WEBAUTHN))))
          .containsExactly(Set.of(EMAIL), Set.of(WEBAUTHN));
    }

    /// One phone is one factor, wherever it was asked.
    @Test
    void isNotAskedForWhatHasPassed() {
      Set<FactorKind> any = Set.of(TOTP, SMS);
      assertThat(left(Set.of(SMS), List.of(any, any))).containsExactly(Set.of(TOTP));
      assertThat(left(Set.of(SMS), List.of(Set.of(SMS), Set.of(SMS))))
          .containsExactly(Set.of(SMS), Set.of(SMS));
    }

    @Test
    void staysWholeWhereNothingOfItHasPassed() {
      assertThat(left(Set.of(EMAIL), List.of(Set.of(TOTP), Set.of(SMS)))).hasSize(2);
      assertThat(left(Set.of(), List.of(Set.of(TOTP), Set.of(SMS)))).hasSize(2);
    }

    /// A login is never all of it.
    @Test
    void leavesWhatIsNoChainAlone() {
      assertThat(chain(List.of()).after(Set.of(TOTP, SMS))).isEqualTo(chain(List.of()));
    }
  }
}
