package dev.stile.vendor.jose;

import dev.stile.challenge.Binding;
import dev.stile.edge.JsonText;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.CredentialRecord.Authenticator;
import dev.stile.factor.CredentialRecord.Backup;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.factor.webauthn.SignedChallenge;
import dev.stile.factor.webauthn.SignedChallenge.Question;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Model;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.Tampering;
import dev.stile.token.Grant;
import dev.stile.token.PublishedKey;
import dev.stile.token.Receipt;
import dev.stile.token.Receipt.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A payment, approved with a passkey.
final class SomeReceipt {
  static final String RP_ID = "example.org";
  static final String ORIGIN = "https://login.example.org";
  static final Binding BINDING = Binding.of(Map.of("amount", "12.50 EUR", "payee", "Ada"));
  static final String DISPLAY = "Pay 12.50 EUR to Ada";
  static final String TRANSACTION = "chl_1";
  private static final Instant ISSUED = Instant.parse("2026-11-22T08:00:01Z");

  private SomeReceipt() {}

  static Receipt of(Algorithm algorithm) {
    return of(Passkey.of(Model.SECURITY_KEY, algorithm), Tampering.NONE);
  }

  static Receipt of(Passkey passkey, Tampering tampering) {
    var challenge =
        new SignedChallenge(
            Bytes.of(Fields.digest("nonce")),
            new Subject(new Tenant("acme"), "ada"),
            new Question(TRANSACTION, "pay", BINDING.digest(), DISPLAY));
    var options = new Options(RP_ID, ORIGIN, challenge.value(), Bytes.of(Fields.digest("user")));
    var known =
        new CredentialRecord(
            passkey.id(),
            passkey.publicKey(),
            0,
            new Backup(false, false),
            new Authenticator(Model.SECURITY_KEY.aaguid(), Set.of(), "none", true));
    return Receipt.of(
        grant(),
        challenge,
        BINDING.members(),
        new Proof(RP_ID, known, passkey.get(options, tampering)));
  }

  static Grant grant() {
    return new Grant(
        "grt_1",
        new Grant.Party("https://stile.example", "ada", "https://bank.example", "shop", null),
        new Grant.Assurance(ISSUED, "phr", List.of("hwk", "user"), 0),
        new Grant.Transaction(TRANSACTION, "pay", BINDING.digest()),
        ISSUED,
        Duration.ofMinutes(5));
  }

  /// As `/.well-known/jwks.json` has it.
  static String jwks(PublishedKey... published) {
    return JsonText.of(Map.of("keys", List.of(published).stream().map(SomeReceipt::jwk).toList()));
  }

  private static Map<String, Object> jwk(PublishedKey key) {
    Map<String, Object> jwk = new LinkedHashMap<>(key.members());
    jwk.put("kid", key.kid());
    jwk.put("alg", key.algorithm());
    jwk.put("use", "sig");
    return jwk;
  }
}
