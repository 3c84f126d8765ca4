package dev.stile.verifier;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A DPoP proof as it came, and the request that it came with (RFC 9449 §4): its method, the
/// address under which the client knows it, and the header `DPoP`, null where there was none.
public record Proof(String method, URI address, @Nullable String jws) {
  public Proof {
    Objects.requireNonNull(method, "method");
    if (address.getScheme() == null || address.getHost() == null) {
      throw new IllegalArgumentException("Not a whole address: " + address);
    }
  }
}
