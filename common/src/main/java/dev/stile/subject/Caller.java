package dev.stile.subject;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A principal with what the gateway knows of this request: the primary login, where the request
/// came from, its id. The address serves limits only, the id the audit.
public record Caller(
    Principal principal, PrimaryLogin login, String sourceAddress, String requestId) {
  /// One of whose login no more is known than when it was.
  public Caller(Principal principal, @Nullable Instant authTime, String sourceAddress) {
    this(principal, new PrimaryLogin("", authTime, null, List.of()), sourceAddress, "");
  }

  public @Nullable Instant authTime() {
    return login.at();
  }

  public Call call() {
    return new Call(principal.client(), requestId);
  }

  public Subject subject() {
    return principal.subject();
  }

  public Caller at(String address) {
    return new Caller(principal, login, address, "");
  }
}
