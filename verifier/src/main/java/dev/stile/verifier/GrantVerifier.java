package dev.stile.verifier;

import dev.stile.verifier.Judgement.Accepted;
import dev.stile.verifier.Judgement.Insufficient;
import dev.stile.verifier.Judgement.Reason;
import dev.stile.verifier.Judgement.Refused;
import dev.stile.verifier.Judgement.Shortfall;
import dev.stile.verifier.Judgement.Unavailable;
import dev.stile.verifier.KeySource.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges grants of one issuer for one audience. Make one and keep it: it holds the keys, and any
/// number of threads may use it.
public final class GrantVerifier {
  /// For a grant that is fresher than this process's clock. Expiry gets none: a grant lives
  /// minutes, a fast clock costs some of them and a slow one must not add any.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Issuer issuer;
  private final String audience;
  private final KeySource keys;
  private final Clock clock;
  private final ProofLog proofs;

  private GrantVerifier(
      Issuer issuer, String audience, KeySource keys, Clock clock, ProofLog proofs) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
    this.clock = clock;
    this.proofs = proofs;
  }

  /// Never throws for a token, whatever it is; no token at all is refused as malformed. A grant
  /// that is bound to its sender's key is refused: whoever bears it may have copied it (RFC 9449
  /// §7.2).
  public Judgement judge(@Nullable String token, Requirement requirement) {
    return judge(
        token,
        requirement,
        grant -> refuseUnless(grant.senderKey().isEmpty(), Reason.SENDER_CONSTRAINED));
  }

  /// Judges a grant that came with a proof of its sender's key, in the scheme `DPoP` (RFC 9449 §7).
  /// One that is bound to no key is refused. A proof counts once, and only for a grant that is
  /// accepted.
  public Judgement judge(@Nullable String token, Requirement requirement, Proof proof) {
    return judge(
        token,
        requirement,
        grant -> {
          refuseUnless(grant.senderKey().isPresent(), Reason.SENDER_CONSTRAINED);
          Optional<PossessionProof> shown =
              PossessionProof.of(proof, clock.instant())
                  .filter(p -> token != null && p.isFor(token))
                  .filter(p -> grant.senderKey().equals(Optional.of(p.thumbprint())));
          refuseUnless(
              shown.filter(p -> proofs.isFirst(p.name(), p.goodUntil())).isPresent(), Reason.PROOF);
        });
  }

  /// Leaves unjudged whether the sender holds the key of a grant that is bound to one: for whoever
  /// is asked about a grant by somebody else, and for an edge in front of the service that sees the
  /// proof ([VerifiedGrant#senderKey]).
  public Judgement judgeUnproven(@Nullable String token, Requirement requirement) {
    return judge(token, requirement, grant -> {});
  }

  /// What the way in which a genuine grant came has to show.
  @FunctionalInterface
  private interface Sender {
    void check(VerifiedGrant grant) throws Refusal;
  }

  private Judgement judge(@Nullable String token, Requirement requirement, Sender sender) {
    try {
      CompactJws jws = CompactJws.parse(token);
      GrantHeader header = GrantHeader.of(jws.header());
      return switch (keys.find(header.kid())) {
        case Lookup.Found(VerificationKey key) ->
            judge(jws, key, new Question(header, requirement, sender));
        case Lookup.Unknown unknown -> new Refused(Reason.KEY);
        case Lookup.Unavailable unavailable -> new Unavailable();
      };
    } catch (Malformed e) {
      return new Refused(Reason.MALFORMED);
    } catch (Refusal e) {
      return new Refused(e.reason());
    }
  }

  private record Question(GrantHeader header, Requirement requirement, Sender sender) {}

  private Judgement judge(CompactJws jws, VerificationKey key, Question question)
      throws Malformed, Refusal {
    refuseUnless(question.header().alg().equals(key.algorithm().name()), Reason.ALGORITHM);
    refuseUnless(jws.isSignedBy(key), Reason.SIGNATURE);
    GrantClaims claims = GrantClaims.of(jws.claims());
    Instant now = clock.instant();
    checkParties(claims.parties());
    checkTimes(claims, now);
    VerifiedGrant grant = new VerifiedGrant(claims);
    Requirement requirement = question.requirement();
    Set<Shortfall> shortfalls = requirement.shortfalls(grant, now);
    if (shortfalls.isEmpty()) {
      question.sender().check(grant);
      return new Accepted(grant);
    }
    return new Insufficient(shortfalls, requirement);
  }

  private void checkParties(GrantClaims.Parties parties) throws Refusal {
    refuseUnless(parties.issuer().equals(issuer.name()), Reason.ISSUER);
    refuseUnless(parties.audience().contains(audience), Reason.AUDIENCE);
  }

  /// RFC 7519 §4.1.4: not "on or after" the expiry.
  private static void checkTimes(GrantClaims claims, Instant now) throws Refusal {
    GrantClaims.Times times = claims.times();
    Instant latest = now.plus(SKEW);
    refuseUnless(now.isBefore(times.expiresAt()), Reason.EXPIRED);
    refuseUnless(!times.issuedAt().isAfter(latest), Reason.NOT_YET_VALID);
    refuseUnless(!claims.authentication().time().isAfter(latest), Reason.NOT_YET_VALID);
    refuseUnless(
        times.notBefore().filter(start -> start.isAfter(latest)).isEmpty(), Reason.NOT_YET_VALID);
  }

  private static void refuseUnless(boolean condition, Reason reason) throws Refusal {
    if (!condition) {
      throw new Refusal(reason);
    }
  }

  /// Begun by [Grants#verifier].
  public static final class Builder {
    private final Issuer issuer;
    private Optional<String> audience = Optional.empty();
    private Optional<KeySource> keys = Optional.empty();
    private Optional<ProofLog> proofs = Optional.empty();
    private Clock clock = Clock.systemUTC();

    Builder(Issuer issuer) {
      this.issuer = issuer;
    }

    /// The name of this resource, which must be in `aud` exactly so (RFC 7519 §4.1.3). Required.
    public Builder audience(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A blank audience");
      }
      this.audience = Optional.of(name);
      return this;
    }

    /// Keys that the process has itself, in place of the issuer's published ones.
    public Builder keys(KeySource source) {
      this.keys = Optional.of(source);
      return this;
    }

    /// Where proofs are remembered; without it, in the memory of this process.
    public Builder proofs(ProofLog log) {
      this.proofs = Optional.of(log);
      return this;
    }

    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /// Fetches nothing yet: the first judgement does.
    public GrantVerifier build() {
      String name =
          audience.orElseThrow(() -> new IllegalStateException("A verifier needs its audience"));
      KeySource source = keys.orElseGet(() -> RemoteJwks.of(issuer, clock));
      ProofLog log = proofs.orElseGet(() -> ProofLog.inMemory(clock));
      return new GrantVerifier(issuer, name, source, clock, log);
    }
  }
}
