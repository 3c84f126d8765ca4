package dev.stile.assurance;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The door of a client that calls for its users: the roles that it signs as, what they may do, the
/// issuer in whose namespace its users live (the empty namespace without one), and whether users
/// without a factor are asked like all others.
public record BackEnd(
    Set<Role> roles, Set<Capability> capabilities, @Nullable String issuer, boolean decoy) {
  /// A client that only users call.
  public static final BackEnd NONE = new BackEnd(Set.of(), Set.of(), null, false);

  public BackEnd {
    roles = Set.copyOf(roles);
    capabilities = Set.copyOf(capabilities);
  }
}
