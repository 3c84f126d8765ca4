package dev.stile.vendor.jose;

import dev.stile.key.Keys.KeyUnavailable;
import dev.stile.subject.Principal;
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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/// Judges grants with the library that resource servers use, under the keys of this process. A
/// grant's audience must be one of the accepted ones: those of the clients, and Stile's own name.
/// The binding is not judged: what Stile itself guards with a grant has no details to bind to.
public final class VerifierGrants implements PresentedGrants {
  private final URI issuer;
  private final Set<String> audiences;
  private final PublishedKeys keys;

  public VerifierGrants(URI issuer, Set<String> audiences, PublishedKeys keys) {
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("grants are for an audience");
    }
    this.issuer = issuer;
    this.audiences = Set.copyOf(audiences);
    this.keys = keys;
  }

  /// @throws KeyUnavailable if it cannot be said now which keys are good
  @Override
  public Presented judge(String token, Demand demand, Principal bearer, Instant now) {
    return switch (judgement(token, requirement(demand), now)) {
      case Judgement.Accepted(VerifiedGrant grant) ->
          belongsTo(grant, bearer)
              ? new Presented.Sufficient(grant.id(), grant.expiresAt(), grant.acr())
              : new Presented.Insufficient();
      case Judgement.Insufficient insufficient -> new Presented.Insufficient();
      case Judgement.Refused refused -> new Presented.Insufficient();
      case Judgement.Unavailable unavailable -> throw new KeyUnavailable("no keys to verify with");
    };
  }

  /// The library knows one audience at a time. Only a grant that is genuine gets a second look.
  private Judgement judgement(String token, Requirement requirement, Instant now) {
    Judgement judgement = new Judgement.Refused(Reason.AUDIENCE);
    for (String audience : audiences) {
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
