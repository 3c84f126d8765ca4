package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.KeySource.Lookup;
import dev.stile.verifier.TokenJudgement.Accepted;
import dev.stile.verifier.TokenJudgement.Outage;
import dev.stile.verifier.TokenJudgement.Refused;
import dev.stile.verifier.TokenJudgement.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges access tokens (RFC 9068, and what providers gave out before it) of the issuers that are
/// trusted. It says whether a token is genuine and for this resource; who its user is by which
/// claim differs by provider and is the caller's to read. Make one and keep it: it holds the keys,
/// and any number of threads may use it.
public final class AccessTokenVerifier {
  /// As API Gateway takes for all headers together.
  private static final int MAX_LENGTH = 10 * 1024;

  private static final int JWE_DOTS = 4;

  /// For a token that is fresher than this process's clock. Expiry gets none.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Map<String, Trusted> issuers = new HashMap<>();
  private final Clock clock;

  private AccessTokenVerifier(Collection<LoginIssuer> issuers, Clock clock, Duration timeout) {
    this.clock = clock;
    for (LoginIssuer issuer : issuers) {
      Trusted trusted = Trusted.of(issuer, clock, timeout);
      if (this.issuers.put(issuer.issuer().toString(), trusted) != null) {
        throw new IllegalArgumentException("An issuer twice: " + issuer.issuer());
      }
    }
  }

  /// Fetches nothing yet: the first judgement of an issuer's token does.
  public static AccessTokenVerifier of(Collection<LoginIssuer> issuers) {
    return of(issuers, Clock.systemUTC());
  }

  public static AccessTokenVerifier of(Collection<LoginIssuer> issuers, Clock clock) {
    return new AccessTokenVerifier(issuers, clock, JwksEndpoint.TIMEOUT);
  }

  static AccessTokenVerifier of(Collection<LoginIssuer> issuers, Clock clock, Duration timeout) {
    return new AccessTokenVerifier(issuers, clock, timeout);
  }

  /// Never throws for a token, whatever it is.
  public TokenJudgement judge(@Nullable String token) {
    try {
      refuseUnless(token == null || !isOpaque(token), Reason.OPAQUE);
      CompactJws jws = CompactJws.parse(token, MAX_LENGTH);
      GrantHeader header = GrantHeader.ofAccessToken(jws.header());
      // Unproven as yet: it chooses among the issuers that are trusted, whose key then proves it.
      Trusted trusted = issuers.get(jws.claims().text("iss").orElse(""));
      if (trusted == null) {
        return new Refused(Reason.ISSUER);
      }
      return switch (trusted.keys().find(header.kid())) {
        case Lookup.Found(VerificationKey key) -> judge(jws, header, key, trusted.issuer());
        case Lookup.Unknown unknown -> new Refused(Reason.KEY);
        case Lookup.Unavailable unavailable -> new Unavailable(trusted.outage());
      };
    } catch (Malformed e) {
      return new Refused(Reason.MALFORMED);
    } catch (Refusal e) {
      return new Refused(e.reason());
    }
  }

  /// A reference that its issuer alone can read, or an encrypted token (RFC 7516 §7.1), is not
  /// broken: it is of another sort, and its user can be told how to get the right one.
  private static boolean isOpaque(String token) {
    long dots = token.chars().filter(c -> c == '.').count();
    return dots == 0 || dots == JWE_DOTS;
  }

  private TokenJudgement judge(
      CompactJws jws, GrantHeader header, VerificationKey key, LoginIssuer issuer)
      throws Malformed, Refusal {
    refuseUnless(header.alg().equals(key.algorithm().name()), Reason.ALGORITHM);
    refuseUnless(jws.isSignedBy(key), Reason.SIGNATURE);
    Json.Members members = jws.claims();
    // RFC 9449 §7.2: accepting a sender-constrained token as a bearer token undoes the constraint.
    refuseUnless(!members.has("cnf"), Reason.SENDER_CONSTRAINED);
    ClaimReader claims = new ClaimReader(members);
    List<String> audience = claims.textOrTexts(issuer.claimOfAudience(members));
    refuseUnless(!Collections.disjoint(audience, issuer.audiences()), Reason.AUDIENCE);
    checkTimes(claims);
    return new Accepted(new AccessToken(claims.text("iss"), members.texts()));
  }

  /// RFC 7519 §4.1.4: not "on or after" the expiry.
  private void checkTimes(ClaimReader claims) throws Refusal {
    Instant now = clock.instant();
    Instant latest = now.plus(SKEW);
    refuseUnless(now.isBefore(claims.time("exp")), Reason.EXPIRED);
    for (String name : List.of("iat", "nbf", "auth_time")) {
      refuseUnless(
          claims.optionalTime(name).filter(time -> time.isAfter(latest)).isEmpty(),
          Reason.NOT_YET_VALID);
    }
  }

  private static void refuseUnless(boolean condition, Reason reason) throws Refusal {
    if (!condition) {
      throw new Refusal(reason);
    }
  }

  private record Trusted(LoginIssuer issuer, KeySource keys, @Nullable Discovery discovery) {
    static Trusted of(LoginIssuer issuer, Clock clock, Duration timeout) {
      var name = new Issuer(issuer.issuer());
      return issuer
          .ownKeys()
          .map(keys -> new Trusted(issuer, keys, null))
          .orElseGet(() -> {
            var discovery = new Discovery(name, timeout);
            return new Trusted(issuer, new RemoteJwks(discovery, clock), discovery);
          });
    }

    Outage outage() {
      return discovery == null ? Outage.KEYS : discovery.outage();
    }
  }
}
