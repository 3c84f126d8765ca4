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

  record Session(Optional<String> id, OptionalLong epoch) {}

  static GrantClaims of(Json.Members members) throws Refusal {
    ClaimReader claims = new ClaimReader(members);
    // RFC 9449 §7.2: accepting a sender-constrained token as a bearer token undoes the constraint.
    if (members.has("cnf")) {
      throw new Refusal(Reason.SENDER_CONSTRAINED);
    }
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
    return new Session(claims.optionalText("sid"), epoch);
  }
}
