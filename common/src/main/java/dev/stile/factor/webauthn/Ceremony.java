package dev.stile.factor.webauthn;

import dev.stile.key.Bytes;
import java.util.Set;

/// What one ceremony expects, all of it from the stored challenge and the policy, none of it from
/// the client. Origins are compared as raw text, exactly.
public record Ceremony(
    RelyingParty party, Bytes challenge, Bytes userHandle, boolean userVerification) {
  /// Who asks: the relying party id, and the origins that may speak for it.
  public record RelyingParty(String id, Set<String> origins) {
    public RelyingParty {
      origins = Set.copyOf(origins);
    }
  }
}
