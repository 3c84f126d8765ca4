package dev.stile.subject;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A principal with what the gateway knows of this request: the primary login, where the request
/// came from, its id, and the key that it was shown to hold. The address serves limits only, the id
/// the audit, the key the grant.
public record Caller(
    Principal principal,
    PrimaryLogin login,
    String sourceAddress,
    String requestId,
    @Nullable String senderKey) {
  /// One that has not shown a key.
  public Caller(Principal principal, PrimaryLogin login, String sourceAddress, String requestId) {
    this(principal, login, sourceAddress, requestId, null);
  }

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
    return new Caller(principal, login, address, "", senderKey);
  }

  /// The same, who has shown that he holds this key.
  public Caller holding(String key) {
    return new Caller(principal, login, sourceAddress, requestId, key);
  }
}
