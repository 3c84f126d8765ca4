package dev.stile.vendor.jose;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stile.challenge.Binding;
import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Principal;
import dev.stile.token.Grant;
import dev.stile.token.IssuedGrants;
import dev.stile.token.PresentedGrants;
import dev.stile.token.PublishedKey;
import dev.stile.token.PublishedKeys;
import dev.stile.verifier.GrantVerifier;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.KeySource;
import dev.stile.verifier.Requirement;
import dev.stile.verifier.VerificationKey;
import dev.stile.verifier.VerifiedGrant;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges grants with the library that resource servers use, under the keys of this process. A
/// grant's audience must be one of the accepted ones: those of the clients, and Stile's own name.
/// The binding is not judged: what Stile itself guards with a grant has no details to bind to.
public final class VerifierGrants implements PresentedGrants, IssuedGrants {
  /// No action has this name: what a grant is for is told, not judged.
  private static final Requirement NOTHING = Grants.require("-").anyBinding();

  private final URI issuer;
  private final Supplier<Set<String>> audiences;
  private final PublishedKeys keys;

  public VerifierGrants(URI issuer, Supplier<Set<String>> audiences, PublishedKeys keys) {
    this.issuer = issuer;
    this.audiences = audiences;
    this.keys = keys;
  }

  /// @throws KeyUnavailable if it cannot be said now which keys are good
  @Override
  public Presented judge(String token, Demand demand, Principal bearer, Instant now) {
    return switch (judgement(token, requirement(demand), audiences.get(), now)) {
      case Judgement.Accepted(VerifiedGrant grant) ->
          belongsTo(grant, bearer)
              ? new Presented.Sufficient(
                  grant.id(), grant.expiresAt(), grant.acr(), grant.epoch().orElse(0))
              : new Presented.Insufficient();
      case Judgement.Insufficient insufficient -> new Presented.Insufficient();
      case Judgement.Refused refused -> new Presented.Insufficient();
      case Judgement.Unavailable unavailable -> throw new KeyUnavailable("no keys to verify with");
    };
  }

  @Override
  public Optional<Grant> read(String token, Set<String> accepted, Instant now) {
    return switch (judgement(token, NOTHING, accepted, now)) {
      case Judgement.Accepted genuine -> Optional.of(grant(token));
      case Judgement.Insufficient insufficient -> Optional.of(grant(token));
      case Judgement.Refused refused -> Optional.empty();
      case Judgement.Unavailable unavailable -> throw new KeyUnavailable("no keys to verify with");
    };
  }

  /// Only of a token that was found genuine.
  private static Grant grant(String token) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
      Instant issued = claims.getIssueTime().toInstant();
      return new Grant(
          claims.getJWTID(),
          new Grant.Party(
              claims.getIssuer(),
              claims.getSubject(),
              claims.getAudience().getFirst(),
              claims.getStringClaim("client_id"),
              claims.getStringClaim("sid"),
              senderKey(claims)),
          new Grant.Assurance(
              claims.getDateClaim("auth_time").toInstant(),
              claims.getStringClaim("acr"),
              claims.getStringListClaim("amr"),
              claims.getLongClaim("epoch")),
          new Grant.Transaction(
              claims.getStringClaim("txn"),
              claims.getStringClaim("action"),
              Objects.requireNonNullElse(claims.getStringClaim("bnd"), Binding.EMPTY.digest())),
          issued,
          Duration.between(issued, claims.getExpirationTime().toInstant()));
    } catch (ParseException e) {
      throw new IllegalStateException("a grant of Stile's own cannot be read", e);
    }
  }

  private static @Nullable String senderKey(JWTClaimsSet claims) throws ParseException {
    Map<String, Object> cnf = claims.getJSONObjectClaim("cnf");
    return cnf == null ? null : String.valueOf(cnf.get("jkt"));
  }

  /// The library knows one audience at a time. Only a grant that is genuine gets a second look.
  private Judgement judgement(
      String token, Requirement requirement, Set<String> accepted, Instant now) {
    Judgement judgement = new Judgement.Refused(Reason.AUDIENCE);
    for (String audience : accepted) {
      judgement = verifier(audience, now).judge(token, requirement);
      if (!judgement.equals(new Judgement.Refused(Reason.AUDIENCE))) {
        return judgement;
      }
    }
    return judgement;
  }

  private GrantVerifier verifier(String audience, Instant now) {
    return Grants.verifier(issuer)
        .audience(audience)
        .keys(this::find)
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .build();
  }

  private static Requirement requirement(Demand demand) {
    return Grants.require(demand.action())
        .acr(demand.acrs().toArray(String[]::new))
        .maxAge(demand.maxAge())
        .anyBinding();
  }

  private KeySource.Lookup find(String kid) {
    try {
      for (PublishedKey key : keys.all()) {
        if (key.kid().equals(kid)) {
          return new KeySource.Lookup.Found(VerificationKey.of(kid, key.key()));
        }
      }
      return new KeySource.Lookup.Unknown();
    } catch (KeyUnavailable e) {
      return new KeySource.Lookup.Unavailable();
    }
  }

  private static boolean belongsTo(VerifiedGrant grant, Principal bearer) {
    boolean sameSession =
        bearer.session() == null || grant.sessionId().filter(bearer.session()::equals).isPresent();
    return grant.subject().equals(bearer.subject().id())
        && grant.clientId().equals(bearer.client())
        && sameSession;
  }
}
