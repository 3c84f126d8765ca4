package dev.stile.challenge;

import dev.stile.key.Fields;
import dev.stile.subject.Principal;
import java.util.Base64;

/// What an answer is good for. The purpose is part of what ties a challenge to its principal, so
/// that the code of an activation never approves an action, nor the other way round.
public enum Purpose {
  STEP_UP,
  ACTIVATION;

  /// The digest under which a challenge belongs to a principal.
  public String owner(Principal principal) {
    String session = principal.session();
    byte[] digest =
        Fields.digest(
            name(),
            principal.door().name(),
            principal.subject().tenant().id(),
            principal.client(),
            principal.subject().id(),
            session == null ? 0 : 1,
            session == null ? "" : session);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
