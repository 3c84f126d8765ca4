package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Grants that are bound to their sender's key (RFC 9449).
@Tag("R23")
class PossessionTest {
  private static final Forge FORGE = new Forge();
  private static final ProofForge CLIENT = ProofForge.ec();
  private static final ProofForge RSA_CLIENT = ProofForge.rsa();
  private static final ProofForge THIEF = ProofForge.ec();
  private static final String ADDRESS = "https://api.example/transfers";
  private static final Instant NOW = Forge.NOW;
  private static final Refused UNPROVEN = new Refused(Reason.PROOF);
  private static final Refused UNBOUND = new Refused(Reason.SENDER_CONSTRAINED);

  private final GrantVerifier verifier = FORGE.verifier();
  private final String grant = bound(CLIENT);

  private static String bound(ProofForge client) {
    return FORGE.with("cnf", "{\"jkt\":\"" + client.thumbprint() + "\"}");
  }

  private Judgement judge(String token, @Nullable String proof) {
    return verifier.judge(token, Forge.TRANSFER, new Proof("POST", URI.create(ADDRESS), proof));
  }

  private static String proof(String token) {
    return CLIENT.proof("POST", ADDRESS, NOW, token);
  }

  private static String proof(String token, Consumer<JWTClaimsSet.Builder> change) {
    return CLIENT.proof("POST", ADDRESS, NOW, token, change);
  }

  @Test
  void acceptsTheGrantOfWhoHoldsItsKey() {
    assertThat(judge(grant, proof(grant)))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> assertThat(accepted.grant().senderKey()).contains(CLIENT.thumbprint()));
    String rsa = bound(RSA_CLIENT);
    assertThat(judge(rsa, RSA_CLIENT.proof("POST", ADDRESS, NOW, rsa)))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void refusesItFromABearer() {
    assertThat(verifier.judge(grant, Forge.TRANSFER)).isEqualTo(UNBOUND);
    assertThat(verifier.judgeUnproven(grant, Forge.TRANSFER)).isInstanceOf(Accepted.class);
  }

  @Test
  void refusesAGrantThatIsBoundToNothing() {
    String unbound = FORGE.genuine();
    assertThat(judge(unbound, proof(unbound))).isEqualTo(UNBOUND);
  }

  @Test
  void refusesAGrantThatIsBoundInAWayThatNobodyChecks() {
    for (String cnf :
        List.of(
            "null",
            "{}",
            "\"x\"",
            "{\"jkt\":\"x\"}",
            "{\"jkt\":7}",
            "{\"jwk\":{}}",
            "{\"x5t#S256\":\"" + CLIENT.thumbprint() + "\"}",
            "{\"jkt\":\"" + CLIENT.thumbprint() + "\",\"x5t#S256\":\"x\"}")) {
      String odd = FORGE.with("cnf", cnf);
      assertThat(judge(odd, proof(odd))).as(cnf).isEqualTo(UNBOUND);
      assertThat(verifier.judge(odd, Forge.TRANSFER)).as(cnf).isEqualTo(UNBOUND);
    }
  }

  @Test
  void takesAProofOnce() {
    String proof = proof(grant);
    assertThat(judge(grant, proof)).isInstanceOf(Accepted.class);
    assertThat(judge(grant, proof)).isEqualTo(UNPROVEN);
    String respelled = CLIENT.sign(CLIENT.header(), claims(proof));
    assertThat(respelled).isNotEqualTo(proof);
    assertThat(judge(grant, respelled)).isEqualTo(UNPROVEN);
  }

  private static JWTClaimsSet claims(String proof) {
    try {
      return SignedJWT.parse(proof).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void spendsNoProofOnAGrantThatDoesNotReach() {
    String proof = proof(grant);
    var other =
        verifier.judge(
            grant, Grants.require("login"), new Proof("POST", URI.create(ADDRESS), proof));
    assertThat(other).isInstanceOf(Insufficient.class);
    assertThat(judge(grant, proof)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/transfers?a=b",
        "https://api.example/transfers#x",
        "https://API.example/transfers",
        "HTTPS://api.example:443/transfers"
      })
  void knowsTheAddressBySpellingsThatMeanTheSame(String htu) {
    assertThat(judge(grant, proof(grant, claims -> claims.claim("htu", htu))))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        " ",
        "/transfers",
        "http://api.example/transfers",
        "https://api.example:8443/transfers",
        "https://api.example/transfers/",
        "https://api.example//transfers",
        "https://api.example/Transfers",
        "https://api.example/%74ransfers",
        "https://api.example/x/../transfers",
        "https://other.example/transfers",
        "https://api.example.evil.example/transfers"
      })
  void refusesAProofForAnotherAddress(String htu) {
    assertThat(judge(grant, proof(grant, claims -> claims.claim("htu", htu)))).isEqualTo(UNPROVEN);
  }

  @Test
  void takesAProofForAMinuteOnEitherSide() {
    for (long seconds : List.of(-60L, 60L)) {
      Instant made = NOW.plusSeconds(seconds);
      assertThat(judge(grant, CLIENT.proof("POST", ADDRESS, made, grant)))
          .isInstanceOf(Accepted.class);
    }
    for (long seconds : List.of(-61L, 61L, -3_600L, 3_600L)) {
      Instant made = NOW.plusSeconds(seconds);
      assertThat(judge(grant, CLIENT.proof("POST", ADDRESS, made, grant))).isEqualTo(UNPROVEN);
    }
  }

  @Test
  void refusesEveryOtherProof() {
    List<String> bent = new ArrayList<>();
    bent.add(proof(grant, claims -> claims.claim("htm", "GET")));
    bent.add(proof(grant, claims -> claims.claim("htm", "post")));
    bent.add(proof(grant, claims -> claims.claim("htm", null)));
    bent.add(proof(grant, claims -> claims.claim("htu", null)));
    bent.add(proof(grant, claims -> claims.jwtID(null)));
    bent.add(proof(grant, claims -> claims.jwtID("")));
    bent.add(proof(grant, claims -> claims.jwtID("j".repeat(257))));
    bent.add(proof(grant, claims -> claims.issueTime(null)));
    bent.add(proof(grant, claims -> claims.claim("iat", "now")));
    bent.add(proof(grant, claims -> claims.claim("ath", null)));
    bent.add(proof(grant, claims -> claims.claim("ath", ProofForge.hash(bound(CLIENT) + "x"))));
    bent.add(proof(bound(THIEF)));
    bent.add(THIEF.proof("POST", ADDRESS, NOW, grant));
    bent.add(RSA_CLIENT.proof("POST", ADDRESS, NOW, grant));
    JWTClaimsSet good = claims(proof(grant));
    bent.add(CLIENT.sign(CLIENT.header().type(new JOSEObjectType("jwt")), good));
    bent.add(CLIENT.sign(CLIENT.header().type(new JOSEObjectType("stepup+jwt")), good));
    bent.add(CLIENT.sign(CLIENT.header().type(null), good));
    bent.add(CLIENT.sign(CLIENT.header().jwk(null), good));
    bent.add(THIEF.sign(CLIENT.header(), good));
    bent.add(CLIENT.sign(CLIENT.header().criticalParams(Set.of("exp")), good));
    bent.add(CLIENT.sign(CLIENT.header().jwkURL(URI.create("https://evil.example")), good));
    bent.add(withPrivateHalf(good));
    bent.add(unsigned(good));
    bent.add("");
    bent.add("x");
    bent.add(grant);
    bent.add(proof(grant) + "," + proof(grant));
    assertThat(bent).allSatisfy(proof -> assertThat(judge(grant, proof)).isEqualTo(UNPROVEN));
    assertThat(judge(grant, null)).isEqualTo(UNPROVEN);
  }

  /// A key that shows its private half is anybody's.
  private static String withPrivateHalf(JWTClaimsSet claims) {
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + CLIENT.key().toJSONString() + "}";
    return Forge.sign(
        Forge.bytes(header),
        Forge.bytes(claims.toString()),
        JWSAlgorithm.ES256,
        CLIENT.key().toECKey());
  }

  private static String unsigned(JWTClaimsSet claims) {
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":"
            + CLIENT.key().toPublicJWK().toJSONString()
            + "}";
    return Base64URL.encode(header) + "." + Base64URL.encode(claims.toString()) + ".";
  }

  @Test
  void remembersProofsForAsLongAsTheyAreGood() {
    var clock = new MutableClock(NOW);
    ProofLog log = ProofLog.inMemory(clock);
    assertThat(log.isFirst("a", NOW.plusSeconds(60))).isTrue();
    clock.advance(Duration.ofSeconds(59));
    assertThat(log.isFirst("a", NOW.plusSeconds(60))).isFalse();
    assertThat(log.isFirst("b", NOW.plusSeconds(60))).isTrue();
  }

  @Test
  void takesNoProofWhereItCannotRememberMore() {
    var clock = new MutableClock(NOW);
    ProofLog log = ProofLog.inMemory(clock);
    int taken = 0;
    while (log.isFirst("p" + taken, NOW.plusSeconds(60))) {
      taken++;
    }
    assertThat(taken).isEqualTo(100_000);
    clock.advance(Duration.ofSeconds(60));
    assertThat(log.isFirst("next", clock.instant().plusSeconds(60))).isTrue();
  }

  @Test
  void asksTheLogThatItIsGiven() {
    GrantVerifier other =
        Grants.verifier(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .keys(FORGE.keys())
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .proofs((proof, until) -> false)
            .build();
    var shown = new Proof("POST", URI.create(ADDRESS), proof(grant));
    assertThat(other.judge(grant, Forge.TRANSFER, shown)).isEqualTo(UNPROVEN);
  }
}
