package dev.stile.signin;

import java.time.Instant;
import java.util.List;

/// A sign-in that was stepped up and has no tokens yet: where it is, what was proven, in which
/// transaction, and until when its tokens may tell of it.
public record SignIn(Place place, Proof proof, Instant until) {
  /// A user of a user pool, by his id and never by a name, at one of its app clients.
  public record Place(String pool, String client, String user) {
    public Place {
      if (pool.isBlank() || client.isBlank() || user.isBlank()) {
        throw new IllegalArgumentException("a sign-in has a pool, a client and a user");
      }
    }
  }

  /// What the grant says (`acr`, `amr`, `txn`), without the grant.
  public record Proof(String acr, List<String> amr, String txn) {
    public Proof {
      amr = List.copyOf(amr);
    }
  }
}
