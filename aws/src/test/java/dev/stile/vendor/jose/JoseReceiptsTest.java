package dev.stile.vendor.jose;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.stile.challenge.Binding;
import dev.stile.edge.JsonText;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.SignedChallenge;
import dev.stile.factor.webauthn.SignedChallenge.Question;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Step;
import dev.stile.testing.passkey.Tampering;
import dev.stile.token.Receipt;
import dev.stile.token.SigningAlgorithm;
import dev.stile.verifier.ReceiptJudgement;
import dev.stile.verifier.ReceiptJudgement.Accepted;
import dev.stile.verifier.ReceiptJudgement.Fault;
import dev.stile.verifier.ReceiptJudgement.Refused;
import dev.stile.verifier.Receipts;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoseReceiptsTest {
  private final KeyInMemory keys = KeyInMemory.ec();
  private final String jwks = SomeReceipt.jwks(keys.current().published());

  @ParameterizedTest
  @EnumSource
  void proveWhatWasApproved(Algorithm algorithm) {
    assertThat(verify(sign(SomeReceipt.of(algorithm))))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              var receipt = accepted.receipt();
              assertThat(receipt.issuer()).isEqualTo("https://stile.example");
              assertThat(receipt.tenant()).isEqualTo("acme");
              assertThat(receipt.subject()).isEqualTo("ada");
              assertThat(receipt.clientId()).isEqualTo("shop");
              assertThat(receipt.grant()).isEqualTo("grt_1");
              assertThat(receipt.transaction()).isEqualTo(SomeReceipt.TRANSACTION);
              assertThat(receipt.action()).isEqualTo("pay");
              assertThat(receipt.binding()).isEqualTo(SomeReceipt.BINDING.members());
              assertThat(receipt.display()).isEqualTo(SomeReceipt.DISPLAY);
              assertThat(receipt.approvedAt()).isEqualTo(SomeReceipt.grant().issued());
              assertThat(receipt.acr()).isEqualTo("phr");
              assertThat(receipt.amr()).containsExactly("hwk", "user");
              assertThat(receipt.relyingParty()).isEqualTo(SomeReceipt.RP_ID);
              assertThat(receipt.origin()).isEqualTo(SomeReceipt.ORIGIN);
              assertThat(receipt.credential()).isNotEmpty();
              assertThat(receipt.userVerified()).isTrue();
            });
  }

  @Test
  void areSignedByRsaToo() {
    KeyInMemory rsa = KeyInMemory.rsa();
    String receipt = new JoseReceipts(rsa).sign(SomeReceipt.of(Algorithm.ES256));
    assertThat(Receipts.verify(receipt, SomeReceipt.jwks(rsa.current().published())))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void sayWhatTheyAre() throws ParseException {
    JWSObject receipt = JWSObject.parse(sign(SomeReceipt.of(Algorithm.ES256)));
    assertThat(receipt.getHeader().toJSONObject())
        .containsOnly(
            Map.entry("typ", "stile-receipt+jwt"),
            Map.entry("alg", "ES256"),
            Map.entry("kid", keys.current().published().kid()));
    assertThat(receipt.getPayload().toJSONObject())
        .containsOnlyKeys(
            "iss",
            "tenant",
            "sub",
            "client_id",
            "iat",
            "grant",
            "txn",
            "action",
            "binding",
            "bnd",
            "display",
            "display_hash",
            "decision",
            "acr",
            "amr",
            "nonce",
            "rp_id",
            "credential",
            "assertion");
    assertThat(receipt.serialize()).hasSizeLessThan(2048);
  }

  @Test
  void areOfWhatWasGranted() {
    Receipt honest = SomeReceipt.of(Algorithm.ES256);
    var other =
        new SignedChallenge(
            honest.challenge().nonce(),
            honest.challenge().subject(),
            new Question("chl_2", "pay", SomeReceipt.BINDING.digest(), SomeReceipt.DISPLAY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Receipt(honest.grant(), other, honest.binding(), honest.proof()));
  }

  /// By whoever has not the issuer's key.
  @Nested
  class TamperedWith {
    private final String honest = sign(SomeReceipt.of(Algorithm.ES256));

    @Test
    void areRefusedAtEveryCharacter() {
      for (int at = 0; at < honest.length(); at += 5) {
        char other = honest.charAt(at) == 'A' ? 'B' : 'A';
        String changed = honest.substring(0, at) + other + honest.substring(at + 1);
        assertThat(verify(changed)).as("character %d", at).isInstanceOf(Refused.class);
      }
    }

    @Test
    void areRefusedUnderOtherKeys() {
      assertThat(Receipts.verify(honest, SomeReceipt.jwks(KeyInMemory.ec().current().published())))
          .isEqualTo(new Refused(Fault.KEY));
      for (String none : List.of("", "{}", "{\"keys\":[]}", "[]")) {
        assertThat(Receipts.verify(honest, none)).isEqualTo(new Refused(Fault.KEY));
      }
    }

    @Test
    void areRefusedWhereTheyAreNone() {
      assertThat(Receipts.verify(null, jwks)).isEqualTo(new Refused(Fault.MALFORMED));
      for (String none :
          List.of("", "a.b.c", "..", honest + "\n", honest + ".", "x".repeat(70_000))) {
        assertThat(verify(none)).isEqualTo(new Refused(Fault.MALFORMED));
      }
      String grant = new JoseSigner(keys).sign(SomeReceipt.grant(), SigningAlgorithm.ES256);
      assertThat(verify(grant)).isEqualTo(new Refused(Fault.HEADER));
    }
  }

  /// By an issuer that lies: it has its key, but not the user's.
  @Nested
  class MadeUp {
    private final Receipt honest = SomeReceipt.of(Algorithm.ES256);

    @Test
    void areAcceptedUnchanged() {
      assertThat(verify(forged(claims -> {}))).isInstanceOf(Accepted.class);
    }

    @Test
    void areRefusedForAnotherTransaction() {
      refuses(Fault.CHALLENGE, claims -> claims.put("tenant", "other"));
      refuses(Fault.CHALLENGE, claims -> claims.put("sub", "bo"));
      refuses(Fault.CHALLENGE, claims -> claims.put("txn", "chl_2"));
      refuses(Fault.CHALLENGE, claims -> claims.put("action", "transfer"));
      refuses(Fault.CHALLENGE, claims -> claims.put("nonce", random()));
      refuses(Fault.CHALLENGE, claims -> claims.put("nonce", ""), Fault.CLAIMS);
    }

    @Test
    void areRefusedForAnotherBinding() {
      var other = Binding.of(Map.of("amount", "99.50 EUR", "payee", "Ada"));
      refuses(Fault.BINDING, claims -> claims.put("binding", other.members()));
      refuses(Fault.BINDING, claims -> claims.put("binding", Map.of()));
      refuses(Fault.BINDING, claims -> claims.put("bnd", other.digest()));
      refuses(
          Fault.CHALLENGE,
          claims -> {
            claims.put("binding", other.members());
            claims.put("bnd", other.digest());
          });
    }

    @Test
    void areRefusedForAnotherDisplay() {
      String other = "Pay 99.50 EUR to Ada";
      String hash = Bytes.of(Fields.sha256(other.getBytes(StandardCharsets.UTF_8))).text();
      refuses(Fault.DISPLAY, claims -> claims.put("display", other));
      refuses(Fault.DISPLAY, claims -> claims.put("display_hash", hash));
      refuses(
          Fault.CHALLENGE,
          claims -> {
            claims.put("display", other);
            claims.put("display_hash", hash);
          });
    }

    @Test
    void areRefusedWithoutAnApproval() {
      refuses(Fault.CLAIMS, claims -> claims.put("decision", "denied"));
      refuses(Fault.CLAIMS, claims -> claims.remove("decision"));
    }

    @Test
    void areRefusedForAnotherRelyingParty() {
      refuses(Fault.RELYING_PARTY, claims -> claims.put("rp_id", "evil.example"));
    }

    @Test
    void areRefusedForAnotherCredential() {
      Receipt other = SomeReceipt.of(Algorithm.ES256);
      String signed = new JoseReceipts(keys).sign(other);
      refuses(
          Fault.ASSERTION,
          claims -> {
            Object key = member(claimsOf(signed), "credential").get("public_key");
            member(claims, "credential").put("public_key", key);
          });
    }

    @Test
    void areRefusedForAKeyThatIsNone() {
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).put("kty", "oct"));
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).put("crv", "P-384"));
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).put("crv", "secp256k1"));
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).remove("y"));
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).put("y", random()));
      refuses(Fault.PUBLIC_KEY, claims -> key(claims).put("x", "AA"));
    }

    @Test
    void areRefusedForAnotherAssertion() {
      for (String part : List.of("clientDataJSON", "authenticatorData", "signature")) {
        assertThat(verify(forged(claims -> flip(member(claims, "assertion"), part))))
            .as(part)
            .isInstanceOf(Refused.class);
        refuses(Fault.CLAIMS, claims -> member(claims, "assertion").remove(part));
        refuses(Fault.MALFORMED, claims -> member(claims, "assertion").put(part, "="));
      }
      refuses(
          Fault.MALFORMED, claims -> member(claims, "assertion").put("authenticatorData", "AA"));
    }

    @Test
    void areRefusedWithoutAnyClaim() {
      for (String name : claimsOf(new JoseReceipts(keys).sign(honest)).keySet()) {
        refuses(Fault.CLAIMS, claims -> claims.remove(name));
        refuses(Fault.CLAIMS, claims -> claims.put(name, true));
      }
    }

    private void refuses(Fault fault, Consumer<Map<String, Object>> change) {
      refuses(fault, change, fault);
    }

    private void refuses(Fault fault, Consumer<Map<String, Object>> change, Fault or) {
      assertThat(verify(forged(change))).isIn(new Refused(fault), new Refused(or));
    }

    private String forged(Consumer<Map<String, Object>> change) {
      Map<String, Object> claims = claimsOf(new JoseReceipts(keys).sign(honest));
      change.accept(claims);
      return KeyedJws.of(keys.current(), Receipt.TYPE).compact(JsonText.of(claims));
    }
  }

  /// An assertion that was never one of this ceremony.
  @Nested
  class OfAnotherCeremony {
    private final Passkey passkey = Passkey.of(Model.SECURITY_KEY);

    @Test
    void areRefused() {
      refuses(Fault.RELYING_PARTY, Tampering.ofText(Step.TYPE, t -> "webauthn.create"));
      refuses(Fault.RELYING_PARTY, Tampering.of(Step.RP_ID_HASH, new byte[32]));
      refuses(Fault.CHALLENGE, Tampering.ofText(Step.CHALLENGE, c -> random()));
      refuses(Fault.USER, Tampering.of(Step.FLAGS, (byte) 0));
      refuses(Fault.USER, Tampering.of(Step.FLAGS, (byte) Passkey.UP));
      refuses(
          Fault.MALFORMED,
          Tampering.ofText(Step.CLIENT_DATA, json -> json.replace("{", "{\"type\":\"x\",")));
    }

    @Test
    void areRefusedForPsychicSignatures() {
      byte[] zeros = {0x30, 6, 2, 1, 0, 2, 1, 0};
      refuses(Fault.ASSERTION, Tampering.of(Step.SIGNATURE, zeros));
      refuses(Fault.ASSERTION, Tampering.of(Step.SIGNATURE, new byte[64]));
      refuses(Fault.CLAIMS, Tampering.of(Step.SIGNATURE));
    }

    @Test
    void areAcceptedWithAByteOrderMark() {
      Tampering mark = Tampering.ofText(Step.CLIENT_DATA, json -> "\ufeff" + json);
      assertThat(verify(sign(SomeReceipt.of(passkey, mark)))).isInstanceOf(Accepted.class);
    }

    private void refuses(Fault fault, Tampering tampering) {
      assertThat(verify(sign(SomeReceipt.of(passkey, tampering)))).isEqualTo(new Refused(fault));
    }
  }

  private String sign(Receipt receipt) {
    return new JoseReceipts(keys).sign(receipt);
  }

  private ReceiptJudgement verify(String receipt) {
    return Receipts.verify(receipt, jwks);
  }

  private static String random() {
    return Bytes.of(Fields.digest("random")).text();
  }

  private static Map<String, Object> claimsOf(String receipt) {
    try {
      return JSONObjectUtils.parse(JWSObject.parse(receipt).getPayload().toString());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> key(Map<String, Object> claims) {
    return member(member(claims, "credential"), "public_key");
  }

  @SuppressWarnings("unchecked") // The members of a JSON object are named by texts.
  private static Map<String, Object> member(Map<String, Object> claims, String name) {
    return (Map<String, Object>) requireNonNull(claims.get(name));
  }

  private static void flip(Map<String, Object> assertion, String part) {
    byte[] bytes = Bytes.ofText((String) requireNonNull(assertion.get(part))).array();
    bytes[bytes.length - 2] ^= 1;
    assertion.put(part, Bytes.of(bytes).text());
  }
}
