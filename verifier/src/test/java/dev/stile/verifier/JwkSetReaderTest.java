package dev.stile.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetReaderTest {
  private static final Forge FORGE = new Forge();
  private static final String GOOD = FORGE.ec.toPublicJWK().toJSONString();
  private static final String X = FORGE.ec.getX().toString();

  private static Set<String> read(String... jwks) {
    return document("{\"keys\":[" + String.join(",", jwks) + "]}");
  }

  /// The ids of the keys kept; none for a set that is refused.
  private static Set<String> document(String json) {
    return JwkSetReader.read(Forge.bytes(json)).map(keys -> keys.keySet()).orElse(Set.of());
  }

  private static String with(String member) {
    return "{" + member + "," + GOOD.substring(1);
  }

  @Test
  void keepsPublicKeysOfBothKinds() {
    assertThat(read(GOOD, FORGE.rsa.toPublicJWK().toJSONString()))
        .containsExactlyInAnyOrder("ec", "rsa");
  }

  @Test
  void keepsKeysWithFittingUse() {
    assertThat(
            read(
                with("\"use\":\"sig\",\"alg\":\"ES256\",\"key_ops\":[\"verify\"],\"x5c\":[\"M\"]")))
        .containsExactly("ec");
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void leavesOutOthers(String jwk) {
    String other = FORGE.rsa.toPublicJWK().toJSONString();
    assertThat(read(jwk, other)).containsExactly("rsa");
    assertThat(read(jwk)).isEmpty();
  }

  static List<String> unfit() throws JOSEException {
    List<String> unfit = new ArrayList<>();
    unfit.add(FORGE.ec.toJSONString());
    unfit.add(FORGE.rsa.toJSONString().replace("\"kid\":\"rsa\"", "\"kid\":\"rsa1\""));
    unfit.add(with("\"use\":\"enc\""));
    unfit.add(with("\"use\":null"));
    unfit.add(with("\"alg\":\"ES384\""));
    unfit.add(with("\"alg\":\"RS256\""));
    unfit.add(with("\"alg\":\"HS256\""));
    unfit.add(with("\"key_ops\":[\"sign\"]"));
    unfit.add(with("\"key_ops\":[]"));
    unfit.add(with("\"key_ops\":\"verify\""));
    unfit.add(with("\"k\":\"AAAA\""));
    unfit.add("{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"AAAA\"}");
    unfit.add("{\"kty\":\"oct\",\"kid\":\"a\"}");
    unfit.add("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":\"" + X + "\"}");
    unfit.add("{\"kid\":\"a\"}");
    unfit.add("{}");
    unfit.add(GOOD.replace("\"kid\":\"ec\"", "\"kid\":\"\""));
    unfit.add(GOOD.replace("\"kid\":\"ec\"", "\"kid\":1"));
    unfit.add(GOOD.replace("\"kid\"", "\"id\""));
    unfit.add(GOOD.replace("P-256", "P-384"));
    unfit.add(GOOD.replace("P-256", "secp256k1"));
    unfit.add(GOOD.replace(X, FORGE.stranger.getX().toString()));
    unfit.add(GOOD.replace(X, X + "="));
    unfit.add(GOOD.replace(X, Base64URL.encode(new byte[32]).toString()));
    unfit.add(GOOD.replace(X, Base64URL.encode(new byte[33]).toString()));
    unfit.add(GOOD.replace(X, Base64URL.encode(new byte[31]).toString()));
    unfit.add(GOOD.replace(X, "!"));
    unfit.add(
        new ECKeyGenerator(Curve.P_384).keyID("p384").generate().toPublicJWK().toJSONString());
    unfit.add(rsa(BigInteger.TWO.pow(1023).add(BigInteger.ONE), 65537));
    unfit.add(rsa(BigInteger.TWO.pow(2046).add(BigInteger.ONE), 65537));
    unfit.add(rsa(BigInteger.TWO.pow(8192).add(BigInteger.ONE), 65537));
    unfit.add(rsa(BigInteger.TWO.pow(2047), 65537));
    unfit.add(rsa(BigInteger.TWO.pow(2047).add(BigInteger.ONE), 1));
    unfit.add(rsa(BigInteger.TWO.pow(2047).add(BigInteger.ONE), 3));
    unfit.add(rsa(BigInteger.TWO.pow(2047).add(BigInteger.ONE), 65536));
    return unfit;
  }

  private static String rsa(BigInteger n, long e) {
    return "{\"kty\":\"RSA\",\"kid\":\"weak\",\"n\":\""
        + Base64URL.encode(n)
        + "\",\"e\":\""
        + Base64URL.encode(BigInteger.valueOf(e))
        + "\"}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"keys\":null}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[1]}",
        "{\"keys\":[null]}",
        "{\"keys\":[[]]}",
        "{\"keys\":[],\"keys\":[]}",
        "<html>Sign in</html>"
      })
  void refusesWhatIsNoSet(String json) {
    assertThat(document(json)).isEmpty();
  }

  @Test
  void refusesASetThatNamesTwoKeysAlike() {
    assertThat(read(GOOD, FORGE.stranger.toPublicJWK().toJSONString())).isEmpty();
  }

  @Test
  void takesNoWeakKeyFromTheProcessEither() throws GeneralSecurityException, JOSEException {
    ECPublicKey good = FORGE.ec.toECPublicKey();
    ECPoint point = good.getW();
    for (ECPoint off :
        List.of(
            new ECPoint(BigInteger.ZERO, BigInteger.ZERO),
            new ECPoint(point.getAffineY(), point.getAffineX()),
            new ECPoint(
                point.getAffineX().add(Curve.P_256.toECParameterSpec().getOrder()),
                point.getAffineY()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VerificationKey.of("k", new FakeEcKey(off, good.getParams())));
    }
    PublicKey ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of("k", ed));
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of(" ", good));
    PublicKey small =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(
                    BigInteger.TWO.pow(1023).add(BigInteger.ONE), BigInteger.valueOf(65537)));
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKey.of("k", small));
    assertThat(VerificationKey.of("k", good)).hasToString("VerificationKey[k, ES256]");
  }

  private record FakeEcKey(ECPoint getW, ECParameterSpec getParams) implements ECPublicKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }
}
