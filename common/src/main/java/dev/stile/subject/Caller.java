package dev.stile.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A principal with what the gateway knows of this request: when the primary login happened, where
/// the request came from. The address serves limits only.
public record Caller(Principal principal, @Nullable Instant authTime, String sourceAddress) {
  public Subject subject() {
    return principal.subject();
  }

  public Caller at(String address) {
    return new Caller(principal, authTime, address);
  }
}
