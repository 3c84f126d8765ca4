package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The claims of a grant: each one there, of its type, and in accord with the others. Whether they
/// are whose they should be and timely is [GrantVerifier]'s to say.
record GrantClaims(
    Parties parties,
    Times times,
    Authentication authentication,
    Approval approval,
    Session session) {

  private static final Duration MAX_LIFETIME = Duration.ofMinutes(5);
  private static final BindingHash NOTHING = BindingHash.of(Map.of());

  record Parties(String issuer, List<String> audience, String subject, String clientId) {}

  record Times(Instant issuedAt, Instant expiresAt, Optional<Instant> notBefore) {}

  record Authentication(String acr, List<String> amr, Instant time) {}

  record Approval(String id, String transaction, String action, BindingHash binding) {}

  /// `key` is the thumbprint of the sender's key (`cnf.jkt`, RFC 9449 §6.1).
  record Session(Optional<String> id, OptionalLong epoch, Optional<String> key) {}

  static GrantClaims of(Json.Members members) throws Refusal {
    ClaimReader claims = new ClaimReader(members);
    return new GrantClaims(
        parties(claims), times(claims), authentication(claims), approval(claims), session(claims));
  }

  private static Parties parties(ClaimReader claims) throws Refusal {
    return new Parties(
        claims.text("iss"),
        claims.textOrTexts("aud"),
        claims.text("sub"),
        claims.text("client_id"));
  }

  private static Times times(ClaimReader claims) throws Refusal {
    Times times = new Times(claims.time("iat"), claims.time("exp"), claims.optionalTime("nbf"));
    Duration lifetime = Duration.between(times.issuedAt(), times.expiresAt());
    if (!lifetime.isPositive() || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new Refusal(Reason.LIFETIME);
    }
    return times;
  }

  private static Authentication authentication(ClaimReader claims) throws Refusal {
    return new Authentication(claims.text("acr"), claims.texts("amr"), claims.time("auth_time"));
  }

  private static Approval approval(ClaimReader claims) throws Refusal {
    String action = claims.text("action");
    Optional<String> bnd = claims.optionalText("bnd");
    if (!claims.text("scope").equals("stepup:" + action)
        || bnd.filter(hash -> !BindingHash.isHash(hash)).isPresent()) {
      throw new Refusal(Reason.CLAIMS);
    }
    return new Approval(
        claims.text("jti"), claims.text("txn"), action, bnd.map(BindingHash::new).orElse(NOTHING));
  }

  private static Session session(ClaimReader claims) throws Refusal {
    OptionalLong epoch =
        claims.claims().has("epoch")
            ? OptionalLong.of(claims.whole("epoch"))
            : OptionalLong.empty();
    return new Session(claims.optionalText("sid"), epoch, key(claims.claims()));
  }

  /// Any other way of being bound is one that nobody here can check.
  private static Optional<String> key(Json.Members claims) throws Refusal {
    if (!claims.has("cnf")) {
      return Optional.empty();
    }
    if (claims.get("cnf").orElse(Json.Literal.NULL) instanceof Json.Members cnf
        && cnf.values().size() == 1
        && cnf.text("jkt").filter(BindingHash::isHash).isPresent()) {
      return cnf.text("jkt");
    }
    throw new Refusal(Reason.SENDER_CONSTRAINED);
  }
}
