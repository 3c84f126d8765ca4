package dev.stile.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A principal with what the gateway knows of this request: when the primary login happened, where
/// the request came from, its id. The address serves limits only, the id the audit.
public record Caller(
    Principal principal, @Nullable Instant authTime, String sourceAddress, String requestId) {
  public Caller(Principal principal, @Nullable Instant authTime, String sourceAddress) {
    this(principal, authTime, sourceAddress, "");
  }

  public Call call() {
    return new Call(principal.client(), requestId);
  }

  public Subject subject() {
    return principal.subject();
  }

  public Caller at(String address) {
    return new Caller(principal, authTime, address);
  }
}
