package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The claims of a receipt, each one there and of its type. Whether they agree is [Receipts]'s to
/// say.
record ReceiptClaims(Parties parties, Approval approval, Digests digests, Evidence evidence) {
  private static final String APPROVED = "approved";

  record Parties(String issuer, String tenant, String subject, String clientId) {}

  record Approval(
      String grant,
      String transaction,
      String action,
      Map<String, String> binding,
      String display,
      Level level) {}

  record Level(Instant time, String acr, List<String> amr) {}

  /// What was hashed, and the number that nobody could know before.
  record Digests(String binding, String display, Octets nonce) {}

  /// What the authenticator was asked as, and what it gave.
  record Evidence(String relyingParty, String credential, Json.Members key, Assertion assertion) {}

  record Assertion(Octets clientData, Octets authenticatorData, Octets signature) {}

  static ReceiptClaims of(Json.Members members) throws Refusal, Malformed {
    ClaimReader claims = new ClaimReader(members);
    if (!claims.text("decision").equals(APPROVED)) {
      throw new Refusal(Reason.CLAIMS);
    }
    Parties parties =
        new Parties(
            claims.text("iss"),
            claims.text("tenant"),
            claims.text("sub"),
            claims.text("client_id"));
    Digests digests =
        new Digests(claims.text("bnd"), claims.text("display_hash"), octets(claims, "nonce"));
    return new ReceiptClaims(parties, approval(claims), digests, evidence(claims));
  }

  private static Approval approval(ClaimReader claims) throws Refusal {
    return new Approval(
        claims.text("grant"),
        claims.text("txn"),
        claims.text("action"),
        binding(claims),
        claims.text("display"),
        new Level(claims.time("iat"), claims.text("acr"), claims.texts("amr")));
  }

  private static Map<String, String> binding(ClaimReader claims) throws Refusal {
    Json.Members members = members(claims, "binding");
    Map<String, String> binding = new TreeMap<>();
    for (String name : members.values().keySet()) {
      binding.put(name, new ClaimReader(members).text(name));
    }
    return binding;
  }

  private static Evidence evidence(ClaimReader claims) throws Refusal, Malformed {
    ClaimReader credential = new ClaimReader(members(claims, "credential"));
    ClaimReader assertion = new ClaimReader(members(claims, "assertion"));
    return new Evidence(
        claims.text("rp_id"),
        credential.text("id"),
        members(credential, "public_key"),
        new Assertion(
            octets(assertion, "clientDataJSON"),
            octets(assertion, "authenticatorData"),
            octets(assertion, "signature")));
  }

  private static Json.Members members(ClaimReader claims, String name) throws Refusal {
    if (claims.claims().get(name).orElse(Json.Literal.NULL) instanceof Json.Members members) {
      return members;
    }
    throw new Refusal(Reason.CLAIMS);
  }

  private static Octets octets(ClaimReader claims, String name) throws Refusal, Malformed {
    return Octets.of(claims.text(name));
  }
}
