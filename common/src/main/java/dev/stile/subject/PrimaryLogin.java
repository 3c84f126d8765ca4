package dev.stile.subject;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user's access token tells of the login that it came from, in its issuer's own words: when
/// it was, at which level (`acr`) and by which methods (`amr`). What these are worth here is the
/// policy's to say.
public record PrimaryLogin(
    String issuer, @Nullable Instant at, @Nullable String acr, List<String> amr) {
  /// Of a caller that brought no token: nothing is known.
  public static final PrimaryLogin UNKNOWN = new PrimaryLogin("", null, null, List.of());

  public PrimaryLogin {
    amr = List.copyOf(amr);
  }
}
