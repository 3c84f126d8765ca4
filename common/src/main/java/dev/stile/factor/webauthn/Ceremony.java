package dev.stile.factor.webauthn;

import dev.stile.key.Bytes;
import java.util.Set;

/// What one ceremony expects, all of it from the stored challenge and the policy, none of it from
/// the client. Origins are compared as raw text, exactly.
public record Ceremony(
    RelyingParty party, Bytes challenge, Bytes userHandle, boolean userVerification) {
  /// WebAuthn Level 3 §13.4.3: half of what [SignedChallenge] gives.
  private static final int MIN_CHALLENGE_BYTES = 16;

  public Ceremony {
    if (challenge.length() < MIN_CHALLENGE_BYTES || userHandle.length() == 0) {
      throw new IllegalArgumentException("a ceremony has a challenge and a user handle");
    }
  }

  /// Who asks: the relying party id, the origins that may speak for it, and the origins of pages
  /// that may embed those; without any, being embedded is refused.
  public record RelyingParty(String id, Set<String> origins, Set<String> topOrigins) {
    public RelyingParty {
      origins = Set.copyOf(origins);
      topOrigins = Set.copyOf(topOrigins);
      if (id.isEmpty() || origins.isEmpty()) {
        throw new IllegalArgumentException("a relying party has an id and an origin");
      }
    }

    public RelyingParty(String id, Set<String> origins) {
      this(id, origins, Set.of());
    }
  }
}
