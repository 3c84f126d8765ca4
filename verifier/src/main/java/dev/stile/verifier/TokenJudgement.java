package dev.stile.verifier;

import dev.stile.verifier.Judgement.Reason;
import java.util.Objects;

/// What came of judging one access token. Every arm is an expected answer and only the first lets
/// anybody in; none of them carries the token.
public sealed interface TokenJudgement {

  /// A genuine access token of a trusted issuer, for this resource.
  record Accepted(AccessToken token) implements TokenJudgement {
    public Accepted {
      Objects.requireNonNull(token, "token");
    }
  }

  /// Not a good access token of a trusted issuer: 401, `error="invalid_token"` (RFC 6750 §3.1).
  record Refused(Reason reason) implements TokenJudgement {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /// No verdict, since the issuer's keys could not be had: 503, never a pass.
  record Unavailable(Outage outage) implements TokenJudgement {
    public Unavailable {
      Objects.requireNonNull(outage, "outage");
    }
  }

  /// What stood between this process and the keys of an issuer.
  enum Outage {
    /// No discovery document could be had in time.
    UNREACHABLE,
    /// What was had is no discovery document.
    DISCOVERY,
    /// The document is about another issuer.
    ISSUER,
    /// The document names no address for keys that may be asked: not https.
    JWKS_URI,
    /// No usable key set could be had at that address in time.
    KEYS
  }
}
