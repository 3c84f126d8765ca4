package dev.stile.token;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.SignedChallenge;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Evidence of one approval, to be kept: the assertion of the user's own key and all that its
/// challenge was derived from. A grant says that Stile was convinced and ends within minutes; a
/// receipt lets others be convinced, for as long as they keep it.
public record Receipt(
    Grant grant, SignedChallenge challenge, SortedMap<String, String> binding, Proof proof) {
  public static final String TYPE = "stile-receipt+jwt";

  public Receipt {
    binding = Collections.unmodifiableSortedMap(new TreeMap<>(binding));
    var asked = challenge.question();
    var granted = grant.transaction();
    if (!asked.challenge().equals(granted.id())
        || !asked.action().equals(granted.action())
        || !asked.bindingDigest().equals(granted.bindingDigest())
        || !challenge.subject().id().equals(grant.party().subject())) {
      throw new IllegalArgumentException("a receipt is of what was granted");
    }
  }

  public static Receipt of(
      Grant grant, SignedChallenge challenge, Map<String, String> binding, Proof proof) {
    return new Receipt(grant, challenge, new TreeMap<>(binding), proof);
  }

  /// Who asked the authenticator, which credential answered, and what.
  public record Proof(
      String relyingParty, CredentialRecord credential, AssertionResponse assertion) {}
}
