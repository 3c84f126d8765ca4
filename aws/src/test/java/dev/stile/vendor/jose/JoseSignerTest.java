package dev.stile.vendor.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.stile.challenge.Binding;
import dev.stile.token.PublishedKey;
import dev.stile.token.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoseSignerTest {
  enum Algorithm {
    ES256,
    RS256;

    KeyInMemory keys() {
      return this == ES256 ? KeyInMemory.ec() : KeyInMemory.rsa();
    }
  }

  @ParameterizedTest
  @EnumSource
  void signsWhatThePublishedKeyVerifies(Algorithm algorithm) throws Exception {
    KeyInMemory keys = algorithm.keys();
    JWSObject token = token(keys, SomeGrant.USUAL);

    assertThat(token.verify(verifier(keys.current().published()))).isTrue();
    assertThat(token.getHeader().toJSONObject())
        .containsOnly(
            Map.entry("typ", "stepup+jwt"),
            Map.entry("alg", algorithm.name()),
            Map.entry("kid", keys.current().published().kid()));
  }

  @Test
  void claimsWhatTheGrantSaysAndNothingElse() throws Exception {
    assertThat(token(KeyInMemory.ec(), SomeGrant.USUAL).getPayload().toJSONObject())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("iss", "https://stile.example"),
                Map.entry("sub", "ann"),
                Map.entry("aud", "https://bank.example"),
                Map.entry("client_id", "console"),
                Map.entry("iat", 1795334401L),
                Map.entry("exp", 1795334701L),
                Map.entry("jti", "grt_aeaqcaibaeaqcaibaeaqcaibae"),
                Map.entry("auth_time", 1795334400L),
                Map.entry("acr", "aal2"),
                Map.entry("amr", List.of("otp", "sms")),
                Map.entry("txn", SomeGrant.USUAL.transaction().id()),
                Map.entry("action", "manage-factors"),
                // sha256sum of {}
                Map.entry("bnd", "RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o"),
                Map.entry("sid", "session-1"),
                Map.entry("epoch", 3L),
                Map.entry("scope", "stepup:manage-factors")));
  }

  @Test
  void writesTheTimesInWholeSeconds() throws Exception {
    String payload = token(KeyInMemory.ec(), SomeGrant.USUAL).getPayload().toString();

    assertThat(payload)
        .contains("\"iat\":1795334401,", "\"exp\":1795334701,", "\"auth_time\":1795334400,");
  }

  @Test
  void leavesTheSessionOutWhereThereIsNone() throws Exception {
    assertThat(
            token(KeyInMemory.ec(), SomeGrant.USUAL.withSession(null)).getPayload().toJSONObject())
        .doesNotContainKey("sid");
  }

  @Test
  void bindsToTheTransaction() throws Exception {
    var binding = Binding.of(Map.of("amount", "100 EUR", "to", "Bob"));
    JWSObject token = token(KeyInMemory.ec(), SomeGrant.USUAL.withTransaction("transfer", binding));

    assertThat(token.getPayload().toJSONObject())
        .containsEntry("bnd", binding.digest())
        .containsEntry("action", "transfer")
        .containsEntry("scope", "stepup:transfer");
  }

  @Test
  void keepsTextsWhole() throws Exception {
    String odd = "auth0|ann \"é\" \\ \uD83D\uDE00";

    assertThat(
            token(KeyInMemory.ec(), SomeGrant.USUAL.withSubject(odd)).getPayload().toJSONObject())
        .containsEntry("sub", odd);
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinOneKibibyte(Algorithm algorithm) {
    String token =
        new JoseSigner(algorithm.keys())
            .sign(
                SomeGrant.USUAL
                    .withIssuer("https://stepup.eu-central-1.some-company.example")
                    .withSubject("auth0|5f7c8ec7c33c6c004bbafe82")
                    .withAudience("https://payments.some-company.example")
                    .withSession("3b241101-e2bb-4255-8caf-4136c566a962")
                    .grant(),
                SigningAlgorithm.ES256);

    // RSA signatures alone take 342 characters.
    assertThat(token.getBytes(StandardCharsets.US_ASCII))
        .hasSizeLessThanOrEqualTo(algorithm == Algorithm.ES256 ? 1024 : 1280);
  }

  @Test
  void signsUnderTheNewKeyAfterARotation() throws Exception {
    KeyInMemory keys = KeyInMemory.ec();
    JoseSigner signer = new JoseSigner(keys);
    String before = signer.sign(SomeGrant.USUAL.grant(), SigningAlgorithm.ES256);

    keys.rotate(KeyInMemory.ecPair());
    JWSObject after = JWSObject.parse(signer.sign(SomeGrant.USUAL.grant(), SigningAlgorithm.ES256));

    assertThat(after.getHeader().getKeyID()).isEqualTo(keys.current().published().kid());
    assertThat(after.verify(verifier(keys.current().published()))).isTrue();
    assertThat(JWSObject.parse(before).verify(verifier(keys.all().getFirst()))).isTrue();
  }

  private static JWSObject token(KeyInMemory keys, SomeGrant grant) throws Exception {
    return JWSObject.parse(new JoseSigner(keys).sign(grant.grant(), SigningAlgorithm.ES256));
  }

  private static JWSVerifier verifier(PublishedKey published) throws Exception {
    return switch (published.key()) {
      case ECPublicKey key -> new ECDSAVerifier(key);
      case RSAPublicKey key -> new RSASSAVerifier(key);
      default -> throw new AssertionError();
    };
  }
}
