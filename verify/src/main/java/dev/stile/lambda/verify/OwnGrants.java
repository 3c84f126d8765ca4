package dev.stile.lambda.verify;

import dev.stile.assurance.Policies;
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

  private static boolean belongsTo(Caller caller, Grant grant) {
    return grant.party().subject().equals(caller.subject().id());
  }
}
