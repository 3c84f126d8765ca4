package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.Judgement.Shortfall;
import dev.stile.verifier.Judgement.Unavailable;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R21")
class GrantVerifierTest {
  private static final Forge FORGE = new Forge();
  private final GrantVerifier verifier = FORGE.verifier();

  private static VerifiedGrant accepted(Judgement judgement) {
    assertThat(judgement).isInstanceOf(Accepted.class);
    return ((Accepted) judgement).grant();
  }

  private Judgement judge(String token) {
    return verifier.judge(token, Forge.TRANSFER);
  }

  @Nested
  class Accepting {
    @Test
    void showsTheClaims() {
      VerifiedGrant grant = accepted(judge(FORGE.with("sid", "\"s1\"")));

      assertThat(grant.issuer()).isEqualTo(Forge.ISSUER);
      assertThat(grant.subject()).isEqualTo("alice");
      assertThat(grant.audience()).containsExactly("payments");
      assertThat(grant.clientId()).isEqualTo("shop");
      assertThat(grant.id()).isEqualTo("grt_1");
      assertThat(grant.transaction()).isEqualTo("chl_1");
      assertThat(grant.action()).isEqualTo("transfer");
      assertThat(grant.acr()).isEqualTo("aal2");
      assertThat(grant.amr()).containsExactly("otp");
      assertThat(grant.authTime()).isEqualTo(Forge.NOW);
      assertThat(grant.issuedAt()).isEqualTo(Forge.NOW);
      assertThat(grant.expiresAt()).isEqualTo(Forge.NOW.plusSeconds(300));
      assertThat(grant.sessionId()).contains("s1");
      assertThat(grant.epoch()).hasValue(3);
      assertThat(grant.binding()).isEqualTo(BindingHash.of(Map.of()));
      assertThat(grant).hasToString("VerifiedGrant[grt_1, transfer]");
    }

    @Test
    void takesRs256OfAnRsaKey() {
      accepted(judge(FORGE.signRsa("RS256", JWSAlgorithm.RS256)));
    }

    @Test
    void findsItsAudienceAmongSeveral() {
      accepted(judge(FORGE.with("aud", "[\"other\",\"payments\"]")));
    }

    @Test
    void doesWithoutWhatIsOptional() {
      VerifiedGrant grant = accepted(judge(FORGE.without("epoch")));
      assertThat(grant.epoch()).isEmpty();
      assertThat(grant.sessionId()).isEmpty();
    }

    /// RFC 7515 §4 and RFC 7519 §4: what is not understood is ignored.
    @Test
    void ignoresMembersThatMeanNothing() {
      accepted(judge(FORGE.withHeader("x-trace", "{\"a\":[1.5e3,true,false,null,-0]}")));
      accepted(judge(FORGE.with("note", "\"\\u20ac \\ud83d\\ude00 \\b\\f\\n\\r\\t\\/\\\\\\\"\"")));
      accepted(judge(FORGE.payload(" {\n\t" + Forge.json(FORGE.claims()).substring(1) + "\r\n")));
      accepted(judge(FORGE.with("deep", "[[[[[[[]]]]]]]")));
    }

    /// Anyone can negate s without the key: another string, the same grant. Hence single use goes
    /// by the id.
    @Test
    void seesTheSameIdInAMalleatedSignature() {
      String genuine = FORGE.genuine();
      byte[] good = Forge.signatureOf(genuine);
      BigInteger r = new BigInteger(1, Arrays.copyOf(good, 32));
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
      byte[] negated = SignatureAttacks.rs(r, SignatureAttacks.N.subtract(s));
      String malleated = Forge.unsigned(genuine) + "." + Base64URL.encode(negated);

      assertThat(malleated).isNotEqualTo(genuine);
      assertThat(accepted(judge(malleated)).id()).isEqualTo(accepted(judge(genuine)).id());
    }
  }

  @Nested
  class Timing {
    private Judgement at(Instant now, String token) {
      return FORGE.verifier(Clock.fixed(now, ZoneOffset.UTC)).judge(token, Forge.TRANSFER);
    }

    @Test
    void expiresToTheMillisecond() {
      Instant expiry = Forge.NOW.plusSeconds(300);
      assertThat(at(expiry.minusMillis(1), FORGE.genuine())).isInstanceOf(Accepted.class);
      assertThat(at(expiry, FORGE.genuine())).isEqualTo(new Refused(Reason.EXPIRED));
    }

    @Test
    void toleratesAnIssuerSixtySecondsAhead() {
      Instant behind = Forge.NOW.minusSeconds(60);
      assertThat(at(behind, FORGE.genuine())).isInstanceOf(Accepted.class);
      assertThat(at(behind.minusMillis(1), FORGE.genuine()))
          .isEqualTo(new Refused(Reason.NOT_YET_VALID));
    }

    @Test
    void toleratesAnNbfSixtySecondsAhead() {
      String token = FORGE.with("nbf", Long.toString(Forge.NOW.getEpochSecond() + 60));
      assertThat(at(Forge.NOW, token)).isInstanceOf(Accepted.class);
      assertThat(at(Forge.NOW.minusMillis(1), token)).isEqualTo(new Refused(Reason.NOT_YET_VALID));
    }

    @Test
    void takesThreeHundredSecondsAndNotOneMore() {
      assertThat(at(Forge.NOW, FORGE.times(-1, 299))).isInstanceOf(Accepted.class);
      assertThat(at(Forge.NOW, FORGE.times(-1, 300))).isEqualTo(new Refused(Reason.LIFETIME));
    }

    @Test
    void countsTheAgeToTheMillisecond() {
      Requirement fresh = Forge.TRANSFER.maxAge(Duration.ofMinutes(2));
      Instant limit = Forge.NOW.plusSeconds(120);
      assertThat(FORGE.verifier(Clock.fixed(limit, ZoneOffset.UTC)).judge(FORGE.genuine(), fresh))
          .isInstanceOf(Accepted.class);
      assertThat(
              FORGE
                  .verifier(Clock.fixed(limit.plusMillis(1), ZoneOffset.UTC))
                  .judge(FORGE.genuine(), fresh))
          .isEqualTo(new Insufficient(Set.of(Shortfall.AGE), fresh));
    }
  }

  @Nested
  class FallingShort {
    private final Map<String, String> details = Map.of("amount", "10.00", "to", "Bob");
    private final String bound = FORGE.with("bnd", '"' + BindingHash.of(details).value() + '"');

    private void fallsShort(String token, Requirement requirement, Shortfall... shortfalls) {
      assertThat(verifier.judge(token, requirement))
          .isEqualTo(new Insufficient(Set.of(shortfalls), requirement));
    }

    @Test
    void tellsTheAction() {
      fallsShort(FORGE.genuine(), Grants.require("pay"), Shortfall.ACTION);
    }

    @Test
    void tellsTheAcr() {
      fallsShort(FORGE.genuine(), Forge.TRANSFER.acr("phr"), Shortfall.ACR);
      fallsShort(FORGE.genuine(), Forge.TRANSFER.acr("AAL2", "aal"), Shortfall.ACR);
    }

    @Test
    void takesAnyOfSeveralAcrs() {
      accepted(verifier.judge(FORGE.genuine(), Forge.TRANSFER.acr("phr", "aal2")));
    }

    @Test
    void tellsTheBinding() {
      fallsShort(
          bound, Forge.TRANSFER.binding(Map.of("amount", "1000", "to", "Bob")), Shortfall.BINDING);
      fallsShort(FORGE.genuine(), Forge.TRANSFER.binding(details), Shortfall.BINDING);
    }

    @Test
    void takesTheRightBinding() {
      accepted(verifier.judge(bound, Forge.TRANSFER.binding(details)));
      accepted(verifier.judge(bound, Forge.TRANSFER.binding(BindingHash.of(details))));
    }

    @Test
    void refusesABoundGrantWhereTheBindingWasForgotten() {
      fallsShort(bound, Forge.TRANSFER, Shortfall.BINDING);
    }

    @Test
    void leavesTheBindingToWhoeverSeesTheBody() {
      VerifiedGrant grant = accepted(verifier.judge(bound, Forge.TRANSFER.anyBinding()));
      assertThat(grant.binding()).isEqualTo(BindingHash.of(details));
    }

    @Test
    void takesAnExplicitEmptyBindingForNone() {
      String empty = FORGE.with("bnd", '"' + BindingHash.of(Map.of()).value() + '"');
      accepted(verifier.judge(empty, Forge.TRANSFER));
      accepted(verifier.judge(FORGE.genuine(), Forge.TRANSFER.binding(Map.of())));
    }

    @Test
    void tellsEverythingAtOnce() {
      fallsShort(
          FORGE.with("auth_time", "1"),
          Grants.require("pay").acr("phr").maxAge(Duration.ofDays(1)).binding(details),
          Shortfall.ACTION,
          Shortfall.ACR,
          Shortfall.AGE,
          Shortfall.BINDING);
    }
  }

  @Nested
  class Keys {
    @Test
    void givesNoVerdictWithoutKeys() {
      GrantVerifier blind =
          Grants.verifier(Forge.ISSUER)
              .audience("payments")
              .keys(kid -> new KeySource.Lookup.Unavailable())
              .build();
      assertThat(blind.judge(FORGE.genuine(), Forge.TRANSFER)).isEqualTo(new Unavailable());
    }

    /// What is refused unseen must not cost a request to the issuer either.
    @Test
    void looksForNoKeyOfATokenThatIsRefusedUnseen() {
      GrantVerifier watched =
          Grants.verifier(Forge.ISSUER)
              .audience("payments")
              .keys(kid -> {
                throw new AssertionError("Asked for " + kid);
              })
              .build();
      for (String token :
          new String[] {
            "a.b.c",
            FORGE.withHeader("alg", "\"HS256\""),
            FORGE.withHeader("typ", "\"JWT\""),
            FORGE.withHeader("jku", "\"x\""),
            FORGE.withoutHeader("kid")
          }) {
        assertThat(watched.judge(token, Forge.TRANSFER)).isInstanceOf(Refused.class);
      }
    }
  }

  @Nested
  class Building {
    @Test
    void needsAnAudience() {
      assertThatIllegalStateException().isThrownBy(() -> Grants.verifier(Forge.ISSUER).build());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Grants.verifier(Forge.ISSUER).audience(" "));
    }
  }
}
