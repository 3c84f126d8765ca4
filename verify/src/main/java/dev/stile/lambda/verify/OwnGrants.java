package dev.stile.lambda.verify;

import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.subject.Caller;
import dev.stile.subject.Subject;
import dev.stile.token.Grant;
import dev.stile.token.IssuedGrants;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// The grants that a caller may ask about and use up: genuine, not expired, for an audience of the
/// calling client, and of the user who calls or for whom a back end does. Any other is none.
final class OwnGrants {
  private final IssuedGrants issued;
  private final Policies policies;
  private final Clock clock;

  @Inject
  OwnGrants(IssuedGrants issued, Policies policies, Clock clock) {
    this.issued = issued;
    this.policies = policies;
    this.clock = clock;
  }

  Optional<Grant> find(Caller caller, String token) {
    return policies
        .current()
        .client(caller.principal().client())
        .map(client -> Set.copyOf(client.audiences()))
        .flatMap(audiences -> issued.read(token, audiences, clock.instant()))
        .filter(grant -> belongsTo(caller, grant));
  }

  /// Whose it is, as the table knows them.
  static Subject subject(Caller caller, Grant grant) {
    return new Subject(caller.subject().tenant(), grant.party().subject());
  }

  /// A back end may name the user as it knows him, or as the grant does: the two differ where its
  /// issuer has a namespace.
  private boolean belongsTo(Caller caller, Grant grant) {
    String named = caller.subject().id();
    String sub = grant.party().subject();
    return switch (caller.principal().door()) {
      case SELF_SERVICE -> named.equals(sub);
      case BACK_END -> named.equals(sub) || named.equals(issuer(caller).subject(sub));
    };
  }

  private TrustedIssuer issuer(Caller caller) {
    Policy policy = policies.current();
    return policy
        .client(caller.principal().client())
        .flatMap(client -> Optional.ofNullable(client.backEnd().issuer()))
        .flatMap(policy::issuer)
        .orElse(TrustedIssuer.ANY);
  }
}
