package dev.stile.assurance;

import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import dev.stile.token.SigningAlgorithm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An application that calls Stile: the client ids its tokens carry, the audiences it may ask
/// grants for (the first is the default), the host that its users know (shown in messages), the
/// locale, what its pages need to ask for passkeys, if they do, what it may do as a back end, and
/// what its grants are signed with.
public record Client(
    String id,
    List<String> tokenClientIds,
    List<String> audiences,
    String host,
    String locale,
    @Nullable Passkeys passkeys,
    BackEnd backEnd,
    SigningAlgorithm signing) {
  public Client {
    tokenClientIds = List.copyOf(tokenClientIds);
    audiences = List.copyOf(audiences);
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException("a client has an audience");
    }
  }

  /// A client that only users call, and whose users have no passkeys.
  public Client(
      String id, List<String> tokenClientIds, List<String> audiences, String host, String locale) {
    this(id, tokenClientIds, audiences, host, locale, null, BackEnd.NONE, SigningAlgorithm.ES256);
  }

  public Optional<Passkeys> forPasskeys() {
    return Optional.ofNullable(passkeys);
  }

  /// The id of its relying party, if it has one.
  public @Nullable String relyingPartyId() {
    return passkeys == null ? null : passkeys.party().id();
  }

  /// As which relying party passkeys are made and asked for, and which authenticators are taken.
  public record Passkeys(RelyingParty party, AttestationPolicy attestation) {}
}
