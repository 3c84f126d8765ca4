package dev.stile.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a grant says: who proved what, for which action and transaction, to whom and for how long.
public record Grant(
    String id,
    Party party,
    Assurance assurance,
    Transaction transaction,
    Instant issued,
    Duration lifetime) {
  public static final String TYPE = "stepup+jwt";
  public static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

  public Grant {
    if (lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException("a grant lives at most 300 seconds");
    }
  }

  /// `iss`, `sub`, `aud`, `client_id`, `sid`, and `cnf.jkt`: the thumbprint of the key whose holder
  /// alone may use it (RFC 9449 §6.1).
  public record Party(
      String issuer,
      String subject,
      String audience,
      String client,
      @Nullable String session,
      @Nullable String senderKey) {
    /// Of a grant that whoever bears it may use.
    public Party(
        String issuer, String subject, String audience, String client, @Nullable String session) {
      this(issuer, subject, audience, client, session, null);
    }
  }

  /// `auth_time`, `acr`, `amr`, `epoch`.
  public record Assurance(Instant authTime, String acr, List<String> amr, long epoch) {
    public Assurance {
      amr = List.copyOf(amr);
    }
  }

  /// `txn`, `action`, and `bnd` where there was a binding.
  public record Transaction(String id, String action, String bindingDigest) {}
}
