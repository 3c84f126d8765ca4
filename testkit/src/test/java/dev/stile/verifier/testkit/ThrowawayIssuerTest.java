package dev.stile.verifier.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Also the example of how users test their own code.
class ThrowawayIssuerTest {
  private final Instant now = Instant.parse("2026-11-22T08:00:00Z");
  private final ThrowawayIssuer issuer = ThrowawayIssuer.create(Clock.fixed(now, ZoneOffset.UTC));
  private final GrantVerifier verifier = issuer.verifier("payments");

  @Test
  void mintsAGrantThatPasses() {
    String token =
        issuer
            .grant("payments", "transfer")
            .subject("bob")
            .acr("phr")
            .amr("hwk", "user")
            .binding(Map.of("amount", "10"))
            .token();
    Judgement judgement =
        verifier.judge(
            token,
            Grants.require("transfer")
                .acr("phr")
                .maxAge(Duration.ZERO)
                .binding(Map.of("amount", "10")));
    assertThat(judgement).isInstanceOf(Accepted.class);
    assertThat(((Accepted) judgement).grant().subject()).isEqualTo("bob");
  }

  @Test
  void followsTheSystemClockByDefault() {
    ThrowawayIssuer today = ThrowawayIssuer.create();
    assertThat(
            today
                .verifier("payments")
                .judge(today.grant("payments", "pay").token(), Grants.require("pay")))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void mintsGrantsThatDoNotPass() {
    ThrowawayGrant stale = issuer.grant("payments", "pay").authTime(now.minusSeconds(301));
    assertThat(verifier.judge(stale.token(), Grants.require("pay").maxAge(Duration.ofMinutes(5))))
        .isInstanceOf(Insufficient.class);
    ThrowawayGrant expired =
        issuer.grant("payments", "pay").issued(now.minusSeconds(60), Duration.ofMinutes(1));
    assertThat(verifier.judge(expired.token(), Grants.require("pay")))
        .isEqualTo(new Refused(Reason.EXPIRED));
    assertThat(
            verifier.judge(
                issuer.grant("payments", "pay").without("sub").token(), Grants.require("pay")))
        .isEqualTo(new Refused(Reason.CLAIMS));
    assertThat(
            verifier.judge(
                issuer.grant("payments", "pay").claim("acr", 2L).token(), Grants.require("pay")))
        .isEqualTo(new Refused(Reason.CLAIMS));
  }

  @Test
  void isWorthNothingToAnotherIssuersVerifier() {
    ThrowawayIssuer other = ThrowawayIssuer.create(Clock.fixed(now, ZoneOffset.UTC));
    String token = other.grant("payments", "pay").token();
    assertThat(verifier.judge(token, Grants.require("pay"))).isEqualTo(new Refused(Reason.KEY));
  }

  /// Even with its key, since the issuer's name cannot be chosen.
  @Test
  void isWorthNothingUnderARealName() {
    GrantVerifier real =
        Grants.verifier(URI.create("https://stile.example"))
            .audience("payments")
            .keys(issuer.keys())
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .build();
    assertThat(real.judge(issuer.grant("payments", "pay").token(), Grants.require("pay")))
        .isEqualTo(new Refused(Reason.ISSUER));
    assertThat(ThrowawayIssuer.ISSUER.getHost()).endsWith(".invalid");
  }
}
