package dev.stile.assurance;

/// Where the policy of the deployment's tenant is had.
public interface Policies {
  /// The policy in force now; the last good one where a newer is broken.
  Policy current();
}
