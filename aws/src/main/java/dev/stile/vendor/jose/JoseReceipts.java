package dev.stile.vendor.jose;

import dev.stile.edge.JsonText;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.SignedChallenge.Question;
import dev.stile.key.Bytes;
import dev.stile.key.Fields;
import dev.stile.token.Grant;
import dev.stile.token.Receipt;
import dev.stile.token.Receipt.Proof;
import dev.stile.token.ReceiptSigner;
import dev.stile.token.SigningKeys;
import dev.stile.vendor.webauthn.PublicJwk;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes and signs receipts: what resource servers' library derives the challenge from again, and
/// the assertion under the names that browsers give its parts.
public final class JoseReceipts implements ReceiptSigner {
  private final SigningKeys keys;

  @Inject
  public JoseReceipts(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public String sign(Receipt receipt) {
    return KeyedJws.of(keys.current(), Receipt.TYPE).compact(JsonText.of(claims(receipt)));
  }

  private static Map<String, Object> claims(Receipt receipt) {
    Grant grant = receipt.grant();
    Question question = receipt.challenge().question();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", grant.party().issuer());
    claims.put("tenant", receipt.challenge().subject().tenant().id());
    claims.put("sub", grant.party().subject());
    claims.put("client_id", grant.party().client());
    claims.put("iat", grant.issued().getEpochSecond());
    claims.put("grant", grant.id());
    claims.put("txn", question.challenge());
    claims.put("action", question.action());
    claims.put("binding", receipt.binding());
    claims.put("bnd", question.bindingDigest());
    claims.put("display", question.display());
    claims.put("display_hash", hash(question.display()));
    claims.put("decision", "approved");
    claims.put("acr", grant.assurance().acr());
    claims.put("amr", grant.assurance().amr());
    claims.put("nonce", receipt.challenge().nonce().text());
    claims.put("rp_id", receipt.proof().relyingParty());
    claims.put("credential", credential(receipt.proof()));
    claims.put("assertion", assertion(receipt.proof().assertion()));
    return claims;
  }

  private static Map<String, Object> credential(Proof proof) {
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("id", proof.credential().id().text());
    credential.put("public_key", PublicJwk.of(proof.credential().publicKey()));
    return credential;
  }

  private static Map<String, Object> assertion(AssertionResponse response) {
    Map<String, Object> assertion = new LinkedHashMap<>();
    assertion.put("clientDataJSON", response.clientData().text());
    assertion.put("authenticatorData", response.authenticatorData().text());
    assertion.put("signature", response.signature().text());
    return assertion;
  }

  private static String hash(String text) {
    return Bytes.of(Fields.sha256(text.getBytes(StandardCharsets.UTF_8))).text();
  }
}
