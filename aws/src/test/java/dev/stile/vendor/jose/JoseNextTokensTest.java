package dev.stile.vendor.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Passed;
import dev.stile.factor.FactorId;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.token.Grant;
import dev.stile.token.Next;
import dev.stile.token.PresentedGrants.Demand;
import dev.stile.token.PresentedGrants.Presented.Insufficient;
import dev.stile.token.SigningAlgorithm;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R21")
@Tag("A22")
class JoseNextTokensTest {
  private static final URI ISSUER = URI.create("https://stile.example");
  private static final Instant ISSUED = Instant.parse("2026-11-22T08:00:01Z");
  private static final Instant NOW = ISSUED.plusSeconds(10);

  private final KeyInMemory keys = KeyInMemory.ec();
  private final JoseNextTokens tokens = new JoseNextTokens(ISSUER, keys);
  private final String token = new JoseNextSigner(keys).sign(next("session-1", "aal2"));

  private static Next next(@Nullable String session, @Nullable String floor) {
    var app = new Passed(factor(1), List.of("otp"), ISSUED.minusSeconds(60));
    var key = new Passed(factor(2), List.of("hwk", "user"), ISSUED);
    return new Next(
        "nxt_aeaqcaibaeaqcaibaeaqcaibae",
        new Grant.Party(ISSUER.toString(), "ann", "https://bank.example", "console", session),
        new Grant.Transaction("chl_1", "manage-factors", Binding.EMPTY.digest()),
        new Next.Standing("owner", List.of(app, key), floor, 3),
        ISSUED);
  }

  private static FactorId factor(int id) {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) id);
    return FactorId.of(bytes);
  }

  @Test
  void readsWhatItWrote() {
    assertThat(tokens.read(token, NOW)).contains(next("session-1", "aal2"));
    String bare = new JoseNextSigner(keys).sign(next(null, null));
    assertThat(tokens.read(bare, NOW)).contains(next(null, null));
    KeyInMemory rsa = KeyInMemory.rsa();
    assertThat(
            new JoseNextTokens(ISSUER, rsa)
                .read(new JoseNextSigner(rsa).sign(next(null, null)), NOW))
        .contains(next(null, null));
  }

  @Test
  void isShort() {
    assertThat(token.length()).isLessThan(1024);
  }

  @Test
  void takesFiveMinutesAndNoSecondMore() {
    assertThat(tokens.read(token, ISSUED.plusSeconds(300).minusMillis(1))).isPresent();
    assertThat(tokens.read(token, ISSUED.plusSeconds(300))).isEmpty();
  }

  @Test
  void takesTheKeysThatArePublishedNow() {
    keys.rotate(KeyInMemory.ecPair());
    assertThat(tokens.read(token, NOW)).isPresent();
    assertThat(new JoseNextTokens(ISSUER, KeyInMemory.ec()).read(token, NOW)).isEmpty();
  }

  @Test
  void refusesAnotherIssuers() {
    assertThat(new JoseNextTokens(URI.create("https://other.example"), keys).read(token, NOW))
        .isEmpty();
  }

  @Test
  void isNoGrantAndNoGrantIsOne() {
    Set<String> audiences = Set.of("https://bank.example", ISSUER.toString());
    var grants = new VerifierGrants(ISSUER, () -> audiences, keys);
    assertThat(grants.read(token, audiences, NOW)).isEmpty();
    var bearer =
        new Principal(
            Door.SELF_SERVICE, "console", new Subject(new Tenant("default"), "ann"), "session-1");
    var demand = new Demand("manage-factors", Set.of("aal2"), Duration.ofMinutes(5));
    assertThat(grants.judge(token, demand, bearer, NOW)).isEqualTo(new Insufficient());
    String grant = new JoseSigner(keys).sign(SomeGrant.USUAL.grant(), SigningAlgorithm.ES256);
    assertThat(tokens.read(grant, NOW)).isEmpty();
  }

  /// The same claims, signed by the key itself, under any header but the one.
  @Test
  void refusesEveryOtherHeader() throws JOSEException, ParseException {
    List<UnaryOperator<JWSHeader.Builder>> others =
        List.of(
            header -> header.type(new JOSEObjectType(Grant.TYPE)),
            header -> header.type(JOSEObjectType.JWT),
            header -> header.type(null),
            header -> header.type(new JOSEObjectType("STEPUP-NEXT+JWT")),
            header -> header.keyID(null),
            header -> header.keyID("other"),
            header -> header.contentType("JWT"),
            header -> header.jwkURL(URI.create("https://evil.example/jwks.json")),
            header -> header.customParam("zip", "DEF"));
    assertThat(tokens.read(signed(header -> header), NOW)).isPresent();
    for (UnaryOperator<JWSHeader.Builder> other : others) {
      assertThat(tokens.read(signed(other), NOW)).isEmpty();
    }
  }

  private String signed(UnaryOperator<JWSHeader.Builder> change)
      throws JOSEException, ParseException {
    var header =
        change
            .apply(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType(Next.TYPE))
                    .keyID(keys.current().published().kid()))
            .build();
    var jwt = new SignedJWT(header, SignedJWT.parse(token).getJWTClaimsSet());
    jwt.sign(new ECDSASigner(keys.current().key(), Curve.P_256));
    return jwt.serialize();
  }

  @Test
  void refusesWhatWasChanged() {
    String[] parts = token.split("\\.", -1);
    String other = new JoseNextSigner(keys).sign(next("session-2", "aal2"));
    String[] others = other.split("\\.", -1);
    assertThat(tokens.read(parts[0] + "." + others[1] + "." + parts[2], NOW)).isEmpty();
    assertThat(tokens.read(parts[0] + "." + parts[1] + "." + others[2], NOW)).isEmpty();
    assertThat(tokens.read(parts[0] + "." + parts[1] + ".", NOW)).isEmpty();
    assertThat(tokens.read(token + ".x", NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "x", "x.y.z", "e30.e30.e30", "\u0000", "{}"})
  void refusesWhatIsNoToken(String text) {
    assertThat(tokens.read(text, NOW)).isEmpty();
    assertThat(tokens.read(text.repeat(10_000), NOW)).isEmpty();
  }

  @Test
  void goesOnAfterOneToThreeFactors() {
    var passed = new Passed(factor(1), List.of("otp"), ISSUED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Next.Standing("owner", List.of(), null, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Next.Standing("owner", List.of(passed, passed, passed, passed), null, 0));
  }
}
