package dev.stile.verifier;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/// What came of judging one token. Every arm is an expected answer and only the first opens the
/// door; none of them carries the token.
public sealed interface Judgement {

  /// A genuine grant that meets the requirement. What must happen once only is the caller's to
  /// burn, by (issuer, [VerifiedGrant#id]).
  record Accepted(VerifiedGrant grant) implements Judgement {
    public Accepted {
      Objects.requireNonNull(grant, "grant");
    }
  }

  /// Not a valid grant of this issuer for this audience: 401, `error="invalid_token"` (RFC 6750
  /// §3.1). The reason is for the server's own records; callers are told no more than that it is
  /// refused.
  record Refused(Reason reason) implements Judgement {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /// A genuine grant that does not reach: 401 with [Requirement#challenge] (RFC 9470 §3), so that
  /// the client knows which step-up to ask for.
  record Insufficient(Set<Shortfall> shortfalls, Requirement requirement) implements Judgement {
    public Insufficient {
      if (shortfalls.isEmpty()) {
        throw new IllegalArgumentException("Insufficient in nothing");
      }
      shortfalls = Set.copyOf(EnumSet.copyOf(shortfalls));
    }
  }

  /// No verdict, since no keys young enough could be had: 503, never a pass.
  record Unavailable() implements Judgement {}

  /// What a refused token failed at first.
  enum Reason {
    /// Not a compact JWS of strict base64url and strict JSON, or too long.
    MALFORMED,
    /// Not a JWS but a reference, or encrypted: only its issuer can read it. Of access tokens
    /// alone.
    OPAQUE,
    /// A header member that chooses keys or changes the processing.
    HEADER,
    /// `typ` is not `stepup+jwt`, or is that of no access token.
    TYPE,
    /// Not the algorithm of the key.
    ALGORITHM,
    /// No `kid`, or one that is not in the issuer's own set.
    KEY,
    SIGNATURE,
    ISSUER,
    AUDIENCE,
    /// A claim is missing, empty, of another JSON type, or contradicts another.
    CLAIMS,
    /// Valid for longer than a grant ever is, or for no time at all.
    LIFETIME,
    EXPIRED,
    /// From the future, beyond the skew.
    NOT_YET_VALID,
    /// Bound to its sender's key (`cnf`), which a bearer cannot prove to hold (RFC 9449 §7.2), or
    /// shown with a proof and not bound.
    SENDER_CONSTRAINED,
    /// The DPoP proof is missing, of another request, token or key, or was shown before.
    PROOF
  }

  /// Where a genuine grant falls short of the requirement.
  enum Shortfall {
    ACTION,
    ACR,
    AGE,
    BINDING
  }
}
